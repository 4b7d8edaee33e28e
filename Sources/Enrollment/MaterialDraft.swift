internal import JapaneseText

/// A question of the form for 資材, and a column of the file. The raw value names it in forms.
public enum MaterialField: String, CaseIterable, Sendable {
    case place
    case stickers = "sticker_qty"
    case nametags = "nametag_qty"
    case materials = "material_qty"
    case postalCode = "ship_to_postal_code"
    case prefecture = "ship_to_prefecture"
    case city = "ship_to_city"
    case street = "ship_to_street"
    case building = "ship_to_building"
    case addressee = "ship_to_name"
    case phone = "ship_to_phone"

    public init(of kind: MaterialKind) {
        self =
            switch kind {
            case .sticker: .stickers
            case .nametag: .nametags
            case .material: .materials
            }
    }

    /// The question of an application that is asked and judged in the same way.
    public var ofApplication: ApplicationField? {
        switch self {
        case .postalCode: .postalCode
        case .prefecture: .prefecture
        case .city: .city
        case .street: .street
        case .building: .building
        case .phone: .phone
        case .place, .stickers, .nametags, .materials, .addressee: nil
        }
    }

    public static let counts: [MaterialField] = MaterialKind.allCases.map { MaterialField(of: $0) }
    public static let address: [MaterialField] = [
        .postalCode, .prefecture, .city, .street, .building, .addressee, .phone,
    ]
}

/// What is wrong with what was typed, or should be looked at.
public enum MaterialProblem: Hashable, Sendable {
    /// E203.
    case countOutOfRange(MaterialKind)
    case nothingAsked
    /// Of the address, by the codes of an application's.
    case address(Problem, MaterialField)
    case addresseeMissing
    case addresseeTooLong(Int)
    case addresseeCharacter(String)
    /// No 事業所 of those that whoever asks looks after.
    case placeUnknown

    public var field: MaterialField {
        switch self {
        case .countOutOfRange(let kind): MaterialField(of: kind)
        case .nothingAsked: .stickers
        case .address(_, let field): field
        case .addresseeMissing, .addresseeTooLong, .addresseeCharacter: .addressee
        case .placeUnknown: .place
        }
    }

    public var stops: Bool {
        if case .address(let problem, _) = self { problem.severity == .stop } else { true }
    }
}

/// What somebody typed of a request for 資材. Kept as it was typed.
public struct MaterialDraft: Equatable, Sendable {
    private var typed: [MaterialField: String] = [:]

    public init() {}

    public subscript(field: MaterialField) -> String {
        get { typed[field] ?? "" }
        set { typed[field] = newValue }
    }

    /// Of 宛名・部署, in scalars.
    public static let longestAddressee = 100

    /// Whether no count is given: a row of the file that asks for nothing.
    public var asksForNothing: Bool {
        MaterialKind.allCases.allSatisfy { Self.count(self[MaterialField(of: $0)]) == 0 }
    }

    /// What is meant, with what should be looked at; or every problem at once. `places` are the
    /// paths of 事業所 that may be meant, an empty one for the organization itself; nil where that is
    /// settled.
    public func check(
        on today: Day, under rules: FiscalYearRules, of places: Set<String>?
    ) -> (order: MaterialOrder?, problems: [MaterialProblem]) {
        var problems: [MaterialProblem] = []
        if let places, !places.contains(self[.place]) { problems.append(.placeUnknown) }
        let counts = counts(&problems)
        let address = address(on: today, under: rules, &problems)
        let addressee = addressee(&problems)
        guard let counts, let address, !problems.contains(where: \.stops) else {
            return (nil, problems)
        }
        return (
            MaterialOrder(
                counts,
                to: ShippingAddress(
                    address.place, building: address.building, addressee: addressee,
                    phone: address.phone)), problems
        )
    }

    private func counts(_ problems: inout [MaterialProblem]) -> MaterialCounts? {
        var counts = MaterialCounts()
        for kind in MaterialKind.allCases {
            guard let count = Self.count(self[MaterialField(of: kind)]) else {
                problems.append(.countOutOfRange(kind))
                continue
            }
            counts[kind] = count
        }
        if problems.contains(where: { if case .countOutOfRange = $0 { true } else { false } }) {
            return nil
        }
        if counts.isNothing { problems.append(.nothingAsked) }
        return counts
    }

    /// Nothing is none.
    private static func count(_ text: String) -> Int? {
        let digits = TextTrim.trimmed(Width.narrowed(text))
        if digits.isEmpty { return 0 }
        guard Digits.areAll(digits), digits.utf8.count <= 9, let count = Int(digits),
            MaterialCounts.range.contains(count)
        else { return nil }
        return count
    }

    private func address(
        on today: Day, under rules: FiscalYearRules, _ problems: inout [MaterialProblem]
    ) -> (place: Address, building: String, phone: String)? {
        var draft = ApplicationDraft()
        for field in MaterialField.address {
            if let asked = field.ofApplication { draft[asked] = self[field] }
        }
        var check = ApplicationCheck(draft: draft, today: today, rules: rules, door: .form)
        let place = check.address()
        let building = check.cleaned(.building)
        check.checkLength(building, .building)
        check.checkPlain(building, .building)
        let phone = check.phone()
        for problem in check.problems.inOrder {
            let field = MaterialField.address.first { $0.ofApplication == problem.field }
            problems.append(.address(problem, field ?? .street))
        }
        guard let place, let phone else { return nil }
        return (place, building, phone)
    }

    private func addressee(_ problems: inout [MaterialProblem]) -> String {
        let text = TextTrim.singleSpaced(TextTrim.cellCleaned(self[.addressee]))
        if text.isEmpty { problems.append(.addresseeMissing) }
        let count = text.unicodeScalars.count
        if count > Self.longestAddressee { problems.append(.addresseeTooLong(count)) }
        if let scalar = text.unicodeScalars.first(where: {
            Forbidden.includes($0) || Repertoire.isPictorial($0)
        }) {
            problems.append(.addresseeCharacter(Forbidden.shown(scalar)))
        }
        return text
    }
}
