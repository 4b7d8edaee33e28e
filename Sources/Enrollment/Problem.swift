/// What a person can correct, or should look at: a value, never thrown. `Words` makes the sentence.
public struct Problem: Hashable, Sendable {
    public let code: ProblemCode
    /// Nil for a problem of a whole row or file.
    public let field: ApplicationField?
    /// What the sentence needs, by the name of its placeholder.
    public let arguments: [Argument: String]

    /// Placeholders of the sentences.
    public enum Argument: String, Sendable {
        case limit, count, character, position, value, substitute, example, day, official, row
        case rows, headings, heading, kind, phone, organization, prefecture, width, extra
        case cells, columns, number, video, version, percent, total, fit, held, unfit
    }

    public init(
        _ code: ProblemCode, _ field: ApplicationField? = nil, _ arguments: [Argument: String] = [:]
    ) {
        self.code = code
        self.field = field
        self.arguments = arguments
    }

    public var severity: Severity { code.severity }
}

/// E stops, W asks to confirm, N tells what was put right.
public enum Severity: Sendable { case stop, confirm, notice }

/// The codes of the programme's list of messages.
public enum ProblemCode: String, CaseIterable, Sendable {
    case e101 = "E101", e103 = "E103", e104 = "E104", e105 = "E105", e106 = "E106", e107 = "E107"
    case e108 = "E108", e110 = "E110", e111 = "E111", e112 = "E112", w113 = "W113", e114 = "E114",
        e115 = "E115"
    case w116 = "W116", w117 = "W117", w118 = "W118", w119 = "W119"
    case e121 = "E121", e122 = "E122", n123 = "N123", e124 = "E124", e125 = "E125"
    case e131 = "E131", e132 = "E132", w133 = "W133", w134 = "W134", e135 = "E135", e136 = "E136",
        e137 = "E137", e138 = "E138"
    case n139 = "N139", n140 = "N140", e141 = "E141", e142 = "E142", w143 = "W143", e144 = "E144"
    case e151 = "E151", e152 = "E152", e153 = "E153", w154 = "W154"
    case e161 = "E161", e162 = "E162", n163 = "N163", w164 = "W164"
    case e171 = "E171", e172 = "E172", e173 = "E173", e174 = "E174", e175 = "E175", e176 = "E176"
    case e181 = "E181", e191 = "E191", e192 = "E192", e195 = "E195", e198 = "E198", e199 = "E199"
    case w201 = "W201", e202 = "E202", e203 = "E203", e211 = "E211", w212 = "W212"
    case e221 = "E221", e222 = "E222", e223 = "E223", n225 = "N225", e226 = "E226", e228 = "E228"
    case w229 = "W229", n227 = "N227", e230 = "E230"
    case e301 = "E301", w302 = "W302", e303 = "E303", w304 = "W304", w306 = "W306"
    case n308 = "N308", n309 = "N309"
    case e401 = "E401", e402 = "E402", e403 = "E403", e404 = "E404", e405 = "E405", e406 = "E406"
    case n407 = "N407", e408 = "E408", e409 = "E409", w410 = "W410", e411 = "E411", e412 = "E412"
    case e413 = "E413", w414 = "W414", e415 = "E415", n416 = "N416"
    case n417 = "N417", e418 = "E418", e419 = "E419", w420 = "W420", w421 = "W421", n422 = "N422"
    case e423 = "E423"

    public var severity: Severity {
        switch rawValue.first {
        case "W": .confirm
        case "N": .notice
        default: .stop
        }
    }
}

/// The outcome of a check: fit, with what should be told about it, or every problem at once.
public enum Checked<Value> {
    case accepted(Value, notices: [Problem])
    case rejected([Problem])
}

extension Checked: Equatable where Value: Equatable {}
extension Checked: Sendable where Value: Sendable {}

/// Problems as they are found.
struct Problems {
    private(set) var all: [Problem] = []
    private var settled: Set<ApplicationField> = []

    mutating func add(
        _ code: ProblemCode, _ field: ApplicationField?,
        _ arguments: [Problem.Argument: String] = [:]
    ) { all.append(Problem(code, field, arguments)) }

    /// Nothing but E226 and E230 is told of these fields: what stands there is no answer.
    mutating func settle(_ fields: [ApplicationField]) { settled.formUnion(fields) }

    private var told: [Problem] {
        if settled.isEmpty { return all }
        return all.filter { problem in
            [.e226, .e230].contains(problem.code)
                || !(problem.field.map(settled.contains) ?? false)
        }
    }

    var stop: Bool { all.contains { $0.severity == .stop } }

    /// In the order of the form.
    var inOrder: [Problem] {
        if all.count < 2 { return all }
        return told.enumerated().sorted { left, right in
            let (one, other) = (left.element.field?.position, right.element.field?.position)
            return (one ?? -1, left.offset) < (other ?? -1, right.offset)
        }.map(\.element)
    }
}
