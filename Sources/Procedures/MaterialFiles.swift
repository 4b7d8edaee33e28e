public import Enrollment
internal import EventLoop
internal import JSON
internal import Secrets
internal import Spreadsheet
public import Store
public import TemporaryFiles
internal import Words

/// 資材の表 as it was sent: what each row asks for. Nothing is asked by making one.
public struct MaterialFilePlan: Sendable {
    public struct Line: Sendable {
        /// As a spreadsheet numbers it.
        public let row: Int
        public let draft: MaterialDraft
        /// Nil where it must be corrected.
        public let order: MaterialOrder?
        public let problems: [MaterialProblem]
        public let placeProblems: [MaterialPlaceProblem]
        /// What its 事業所 is called; nil for the organization itself, and for none of it.
        public let placeName: String?
        /// What waits of the same 事業所 already.
        public let waiting: [MaterialRecord]
    }

    /// Those that ask for something.
    public let lines: [Line]
    /// The same as a text, by which it is asked for.
    public let kept: String

    public var isFit: Bool { lines.allSatisfy { $0.order != nil } }

    public var counts: MaterialCounts {
        lines.compactMap(\.order).reduce(MaterialCounts()) { $0 + $1.counts }
    }

    /// Another one where something else waits of its 事業所 since.
    public var waitingMark: String {
        let numbers = lines.flatMap { $0.waiting.map { "\($0.number)" } }
        return String(Digest.sha256Hex(numbers.joined(separator: " ")).prefix(24))
    }
}

/// What is wrong with the 事業所 of a row, beside the other rows.
public enum MaterialPlaceProblem: Hashable, Sendable {
    /// Its code is of another one than its name.
    case disagrees(called: String, typed: String)
    /// A row above is of the same one.
    case isTwice(row: Int)
}

/// The form by which a plan is asked for.
public struct MaterialFileForm: Sendable {
    /// Another one for each plan that was made.
    public let onceKey: String
    /// The number of the file of people with which it is asked for; nil for none.
    public let fileNumber: String?
    /// `waitingMark` as it was seen; nil for whoever has seen none.
    public let waitingMark: String?

    public init(onceKey: String, fileNumber: String?, waitingMark: String? = nil) {
        self.onceKey = onceKey
        self.fileNumber = fileNumber
        self.waitingMark = waitingMark
    }
}

/// Why a file of 資材 cannot be read.
public enum MaterialFileFault: Error, Sendable {
    case file(Problem)
    /// No row has the headings of the counts and of the address.
    case headingsMissing([String])
    case asksForNothing
    /// How many rows are taken at most.
    case tooManyRows(Int)
}

/// 資材の表: all 事業所 with their people, what was asked before and what they lack; filled in, it asks
/// for all of them at once.
extension Office {
    public static let materialRowLimit = 2_000

    /// The rows as they stand before anybody has written into them.
    func materialTable(of scope: OrganizationScope) async throws -> [[String]] {
        let places = try await askingPlaces(of: scope, reading)
        return try await reading.materialNeeds(of: scope, in: year)
            .filter { places[$0.place?.description ?? ""] != nil }
            .map { need in
                let draft = need.suggestion
                let known = [
                    need.place?.description ?? "", need.place == nil ? "" : need.name,
                    String(need.people), String(need.asked.stickers),
                    String(need.asked.nametags), String(need.asked.materials),
                ]
                return known + MaterialColumn.asked.map { draft[$0] }
            }
    }

    /// 資材の表 as a CSV that Excel opens.
    public func materialTableFile(of scope: OrganizationScope) async throws -> [UInt8] {
        CSVWriter.write(
            [MaterialColumn.headings] + (try await materialTable(of: scope)), as: .template,
            guardsFormulas: true)
    }

    /// The same as a book, in which every answer is text.
    public func materialTableBook(of scope: OrganizationScope) async throws -> [UInt8] {
        let rows = try await materialTable(of: scope)
        return try await runBlocking {
            try TextBook.write(MaterialWords.table, MaterialColumn.headings, rows)
        }
    }

    /// Reads a file, a CSV or a book, and checks each of its rows. Throws `MaterialFileFault`.
    public func planMaterials(
        _ bytes: [UInt8], within scope: OrganizationScope
    ) async throws -> MaterialFilePlan {
        let records = try await runBlocking { try MaterialTable.records(bytes) }
        let places = try await reading.businessPlaces(of: scope.organizationID).filter {
            $0.isOpen(on: today) && scope.contains($0.path)
        }
        let drafts = try MaterialTable.drafts(records, places)
        if drafts.isEmpty { throw MaterialFileFault.asksForNothing }
        let kept = MaterialTable.text(drafts)
        guard drafts.count <= Self.materialRowLimit, kept.utf8.count < 900_000 else {
            throw MaterialFileFault.tooManyRows(Self.materialRowLimit)
        }
        return try await plan(drafts, kept, within: scope, reading)
    }

    /// The same of a file that was uploaded.
    public func planMaterials(
        _ file: TemporaryFile, within scope: OrganizationScope
    ) async throws -> MaterialFilePlan {
        try await planMaterials(try await runBlocking { try file.contents() }, within: scope)
    }

    private func plan(
        _ rows: [MaterialRow], _ kept: String, within scope: OrganizationScope,
        _ reading: ReadStore
    ) async throws -> MaterialFilePlan {
        let rules = try await currentRules()
        let open = Set(try await askingPlaces(of: scope, reading).keys)
        let names = Dictionary(
            try await reading.businessPlaces(of: scope.organizationID).filter {
                open.contains($0.path.description)
            }.map { ($0.path.description, $0.name) }, uniquingKeysWith: { $1 })
        var filter = MaterialFilter()
        (filter.scope, filter.state, filter.limit) = (scope, .waiting, ShippingChoice.limit)
        let waiting = Dictionary(grouping: try await reading.materials(filter)) {
            $0.place?.description ?? ""
        }
        let first = Dictionary(
            rows.map { ($0.draft[.place], $0.row) }, uniquingKeysWith: { first, _ in first })
        let lines = rows.map { row in
            let (draft, place) = (row.draft, row.draft[.place])
            let (order, problems) = draft.check(on: today, under: rules, of: open)
            var wrong: [MaterialPlaceProblem] = []
            if let called = names[place], !row.name.isEmpty, row.name != called {
                wrong.append(.disagrees(called: called, typed: row.name))
            }
            if let above = first[place], above != row.row, open.contains(place) {
                wrong.append(.isTwice(row: above))
            }
            return MaterialFilePlan.Line(
                row: row.row, draft: draft, order: wrong.isEmpty ? order : nil,
                problems: problems, placeProblems: wrong, placeName: names[place],
                waiting: waiting[place] ?? [])
        }
        return MaterialFilePlan(lines: lines, kept: kept)
    }

    /// Asks for all that a plan says, or for nothing: `kept` is the plan's text, `form`
    /// asks once however often it is pressed. Gives how many requests, and the plan
    /// where something of it is not fit any more or waits since it was seen. Throws
    /// `Refusal.notFound` for a text that is no plan's.
    public func askMaterials(
        _ kept: String, _ form: MaterialFileForm, within scope: OrganizationScope, by actor: Actor
    ) async throws -> (count: Int, unfit: MaterialFilePlan?) {
        guard let drafts = MaterialTable.drafts(of: kept) else { throw Refusal.notFound }
        return try await write { writing in
            let plan = try await plan(drafts, kept, within: scope, writing.reading)
            guard plan.isFit else { return (0, plan) }
            let first = plan.lines.first.map { "\(form.onceKey)-\($0.row)" } ?? ""
            let again = try await writing.reading.material(
                onceKey: first, of: scope.organizationID)
            if again == nil, let seen = form.waitingMark, seen != plan.waitingMark {
                return (0, plan)
            }
            let places = try await askingPlaces(of: scope, writing.reading)
            let fileID = try await fileID(form.fileNumber, within: scope, writing.reading)
            for line in plan.lines {
                guard let order = line.order else { continue }
                let new = NewMaterialRequest(
                    order, of: scope.organizationID, at: places[line.draft[.place]] ?? nil,
                    in: year, onceKey: "\(form.onceKey)-\(line.row)", withFile: fileID)
                _ = try await ask(new, in: writing, at: moment(actor))
            }
            return (plan.lines.count, nil)
        }
    }
}

extension MaterialNeed {
    /// What is filled in for a clerk: what it lacks, to where the last one went.
    public var suggestion: MaterialDraft {
        var draft = last?.draft ?? MaterialDraft()
        let lacking = MaterialCounts.lacking(people: people, asked: asked)
        draft[.place] = place?.description ?? ""
        for kind in MaterialKind.allCases { draft[MaterialField(of: kind)] = String(lacking[kind]) }
        return draft
    }
}

extension MaterialRecord {
    /// As it would be typed.
    public var draft: MaterialDraft {
        var draft = MaterialDraft()
        let (place, address) = (order.address.place, order.address)
        draft[.place] = self.place?.description ?? ""
        for kind in MaterialKind.allCases {
            draft[MaterialField(of: kind)] = String(order.counts[kind])
        }
        draft[.postalCode] = place.postalCode
        (draft[.prefecture], draft[.city]) = (prefecture, city)
        (draft[.street], draft[.building]) = (place.street, address.building)
        (draft[.addressee], draft[.phone]) = (address.addressee, address.phone)
        return draft
    }
}

/// A row that asks for something.
private struct MaterialRow {
    /// As a spreadsheet numbers it.
    let row: Int
    let draft: MaterialDraft
    /// 事業所 as its column calls it; empty where it does not.
    let name: String
}

/// A file of 資材 as rows.
private enum MaterialTable {
    static func records(_ bytes: [UInt8]) throws -> [(row: Int, cells: [String])] {
        if ForeignFile.of(bytes) == .workbook {
            do {
                let book = try Book(bytes, limits: Office.bookLimits)
                guard let sheet = book.sheets.first(where: { !$0.isHidden }) else {
                    throw BookFault.damaged
                }
                return try book.table(of: sheet).records.map { ($0.row, $0.cells) }
            } catch let fault as BookFault { throw MaterialFileFault.file(fault.problem) }
        }
        do {
            return try CSVFile.read(bytes, limits: Office.groupLimits).records.map {
                ($0.row, $0.cells)
            }
        } catch let fault as CSVFault { throw MaterialFileFault.file(fault.problem) }
    }

    /// The rows below the headings that ask for something, or for what cannot be.
    static func drafts(
        _ records: [(row: Int, cells: [String])], _ places: [BusinessPlace]
    ) throws(MaterialFileFault) -> [MaterialRow] {
        let required = MaterialField.counts + [.postalCode, .prefecture, .city, .street]
        guard
            let head = records.prefix(10).firstIndex(where: { record in
                MaterialField.counts.allSatisfy { column($0.heading, record.cells) != nil }
            })
        else { throw .headingsMissing(MaterialField.counts.map(\.heading)) }
        let headings = records[head].cells
        let missing = required.filter { column($0.heading, headings) == nil }
        guard missing.isEmpty else { throw .headingsMissing(missing.map(\.heading)) }
        let names = pathsByName(places)
        var drafts: [MaterialRow] = []
        for record in records[(head + 1)...] {
            func cell(_ heading: String) -> String {
                column(heading, headings).flatMap {
                    $0 < record.cells.count ? unguarded(record.cells[$0]) : nil
                } ?? ""
            }
            var draft = MaterialDraft()
            for field in MaterialColumn.asked { draft[field] = cell(field.heading) }
            if draft.asksForNothing { continue }
            let (code, name) = (cell(MaterialColumn.code), cell(MaterialColumn.place))
            draft[.place] = code.isEmpty && !name.isEmpty ? names[name] ?? name : code
            drafts.append(MaterialRow(row: record.row, draft: draft, name: name))
        }
        return drafts
    }

    private static func column(_ heading: String, _ headings: [String]) -> Int? {
        headings.firstIndex { $0.filter { !$0.isWhitespace } == heading }
    }

    /// Without what our own file has in front of a cell that would be a formula.
    private static func unguarded(_ cell: String) -> String {
        let text = OrganizationDraft.trimmed(cell)
        guard text.first == "'", let next = text.dropFirst().first, "=+-@".contains(next) else {
            return text
        }
        return String(text.dropFirst())
    }

    /// By name alone only where no other one is called so.
    private static func pathsByName(_ places: [BusinessPlace]) -> [String: String] {
        Dictionary(grouping: places, by: \.name).compactMapValues {
            $0.count == 1 ? $0[0].path.description : nil
        }
    }

    static func text(_ drafts: [MaterialRow]) -> String {
        let rows = drafts.map { row in
            JSONValue.array(
                [.integer(row.row)] + MaterialField.allCases.map { .string(row.draft[$0]) })
        }
        return Base64URL.encode(Array(JSONValue.array(rows).text.utf8))
    }

    static func drafts(of kept: String) -> [MaterialRow]? {
        guard let bytes = Base64URL.decode(kept), let value = try? JSONValue(reading: bytes),
            case .array(let rows) = value, rows.count <= Office.materialRowLimit
        else { return nil }
        var drafts: [MaterialRow] = []
        for row in rows {
            guard case .array(let cells) = row, cells.count == MaterialField.allCases.count + 1,
                case .integer(let number)? = cells.first
            else { return nil }
            var draft = MaterialDraft()
            for (field, cell) in zip(MaterialField.allCases, cells.dropFirst()) {
                guard case .string(let text) = cell else { return nil }
                draft[field] = text
            }
            drafts.append(MaterialRow(row: number, draft: draft, name: ""))
        }
        return drafts.isEmpty ? nil : drafts
    }
}

/// A book of one sheet in which every cell is text.
enum TextBook {
    /// Takes a while: away from the loop. Throws `WorkbookFault`.
    static func write(
        _ sheet: String, _ headings: [String], _ rows: [[String]]
    ) throws -> [UInt8] {
        var writer = WorkbookWriter()
        try writer.beginSheet(sheet, headings.map { ColumnFormat(heading: $0, content: .text) })
        var bytes: [UInt8] = []
        for row in rows {
            try writer.beginRow()
            for cell in row { if cell.isEmpty { writer.blank() } else { writer.text(cell) } }
            try writer.endRow()
            bytes += writer.drain()
        }
        try writer.finish()
        return bytes + writer.drain()
    }
}
