/// What a person can correct, or should look at: a value, never thrown. `Words` makes the sentence.
public struct Problem: Hashable, Sendable {
    public let code: ProblemCode
    /// Nil for a problem of a whole row or file.
    public let field: ApplicationField?
    /// What the sentence needs, by the name of its placeholder.
    public let arguments: [Argument: String]

    /// Placeholders of the sentences.
    public enum Argument: String, CaseIterable, Sendable {
        case limit, count, character, position, value, substitute, example, day, official, row
        case rows, headings, heading, kind, phone, organization, prefecture, width, extra
        case cells, columns, number, video, total, fit, held, unfit
        case person, facts, reason
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
    case kindMissing = "E101"
    case categoryMissing = "E103"
    case kindNotOpenInCategory = "E104"
    case programmeMissing = "E105"
    case organizationMissing = "E106"
    case organizationNotOpen = "E107"
    case activityMissing = "E108"
    case workplaceMissing = "E109"
    case tooLong = "E110"
    case valueMissing = "E111"
    case characterNotAllowed = "E112"
    case valueLooksMistyped = "W113"
    case garbled = "E114"
    case firstCharacterNotAllowed = "E115"
    case characterIsSubstituted = "W116"
    case characterHasNoSubstitute = "W117"
    case partLooksMistyped = "W118"
    case characterLooksLikeAnother = "W119"
    case kanaMissing = "E121"
    case kanaNotKatakana = "E122"
    case kanaConverted = "N123"
    case kanaGivenAlthoughNone = "E124"
    case bothNamesGivenAlthoughOne = "E125"
    case postalCodeMissing = "E131"
    case postalCodeNotSevenDigits = "E132"
    case postalCodeOfAnotherPlace = "W133"
    case postalCodeNotListed = "W134"
    case prefectureMissing = "E135"
    case prefectureUnknown = "E136"
    case cityMissing = "E137"
    case cityUnknown = "E138"
    case cityCorrected = "N139"
    case prefectureSupplied = "N140"
    case streetMissing = "E141"
    case streetIsADate = "E142"
    case wardNotYetThere = "W143"
    case addressWithoutPrefecture = "E144"
    case emailMissing = "E151"
    case emailNotAnAddress = "E152"
    case emailDotsMisplaced = "E153"
    case emailDomainLooksMistyped = "W154"
    case phoneNotDigits = "E161"
    case phoneLengthWrong = "E162"
    case phoneZeroSupplied = "N163"
    case phoneLengthUnusual = "W164"
    case viewingMissing = "E171"
    case viewingNotInCalendar = "E172"
    case viewingInFuture = "E173"
    case viewingTooEarly = "E174"
    case viewingUnreadable = "E175"
    case badgeChoiceMissing = "E181"
    case termsNotAccepted = "E191"
    case privacyNotAccepted = "E192"
    case memberNumberUnknown = "E195"
    case applicationsClosed = "E198"
    case applicationsNotYetOpen = "E199"
    case templateOfAnotherYear = "W201"
    case attestationMissing = "E202"
    case templateOfAnotherOrganization = "W205"
    case nameWithoutSpace = "E211"
    case nameSplit = "W212"
    case kindUnreadable = "E221"
    case consentMissing = "E222"
    case postalCodeTooShort = "E223"
    case lineBreakReplaced = "N225"
    case formulaNotAllowed = "E226"
    case postalCodeZeroSupplied = "N227"
    case answerUnreadable = "E228"
    case badgeWithoutEmail = "W229"
    case spreadsheetError = "E230"
    case businessPlaceUnknown = "E231"
    case businessPlaceAmbiguous = "E232"
    case businessPlaceClosed = "E233"
    case businessPlaceNotYours = "E234"
    case rowRepeated = "E301"
    case rowLooksRepeated = "W302"
    case emailShared = "E303"
    case emailSharedInFile = "W304"
    case sampleRow = "W306"
    case differencesBecomeAProposal = "N308"
    case appointmentEnded = "N309"
    case applicationWithdrawn = "N312"
    case memberOfAnotherPlace = "E310"
    case rowLooksKnown = "W311"
    case fileWithoutRows = "E401"
    case fileTooLarge = "E402"
    case fileOfAnotherKind = "E403"
    case encodingUnknown = "E404"
    case fileGarbled = "E405"
    case headingsMissing = "E406"
    case headingsFound = "N407"
    case columnsMissing = "E408"
    case headingRepeated = "E409"
    case columnsUnused = "W410"
    case quoteNotClosed = "E411"
    case tooManyCells = "E412"
    case controlCharacter = "E413"
    case sameFileBefore = "W414"
    case privateUseCharacter = "E415"
    case rowsCounted = "N416"
    case columnMissing = "N417"
    case columnsForbidden = "E418"
    case headingOverTwoColumns = "E419"
    case columnRivalled = "W420"
    case columnsWithoutHeading = "W421"
    case rowsPassedOver = "N422"
    case rowOctetsBroken = "E423"
    case sheetsPassedOver = "N424"
    case sheetsLookAlike = "W425"
    case hiddenRowsRead = "W426"
    case hiddenColumnsRead = "W427"
    case mergedCellsRead = "W428"
    case formulasRead = "N429"
    case formulasWithoutValue = "W430"
    case kanaOfSpreadsheet = "W431"
    case columnsNotUnderstood = "E432"
    case columnsRival = "E433"
    case columnNotThere = "E434"
    case sheetNotThere = "E435"

    /// What is told of a row that waits for the office's word, and for nothing else.
    public static let ofDoubt: [ProblemCode] = [.rowLooksRepeated, .rowLooksKnown]

    /// What whoever sends a file answers by saying what its columns are for (`FileColumns`).
    public static let ofColumns: [ProblemCode] = [
        .headingsMissing, .columnsMissing, .headingRepeated, .columnsNotUnderstood, .columnsRival,
    ]

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
            [.formulaNotAllowed, .spreadsheetError].contains(problem.code)
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
