internal import JapaneseText

/// The 事業所 of an organization, as a row of its file may name them.
public struct BusinessPlaces: Equatable, Sendable {
    /// How much of the organization whoever sends the file looks after; nil for all of it.
    public let scope: BusinessPlacePath?
    /// The 事業所 of that.
    let own: BusinessPlace?
    private let byKey: [String: [BusinessPlace]]
    /// What is within the scope, with the names from the top down.
    private let theirs: [(place: BusinessPlace, whole: String)]

    public static let none = BusinessPlaces([])

    public init(_ places: [BusinessPlace], within scope: BusinessPlacePath? = nil) {
        self.scope = scope
        own = places.first { $0.path == scope }
        let names = places.namesFromTop
        var byKey: [String: [BusinessPlace]] = [:]
        for place in places {
            let whole = names[place.path]?.joined(separator: "/") ?? place.name
            for key in Set([place.path.description, whole, place.name].map(Self.key)) {
                byKey[key, default: []].append(place)
            }
        }
        self.byKey = byKey
        theirs = places.filter { scope?.contains($0.path) ?? true }
            .sorted { $0.path.description < $1.path.description }
            .map { ($0, names[$0.path]?.joined(separator: "/") ?? $0.name) }
    }

    public static func == (left: BusinessPlaces, right: BusinessPlaces) -> Bool {
        left.scope == right.scope && left.byKey == right.byKey
    }

    /// What a cell names on a day: a name, the names from the top down (本院／2階), or the codes. Of
    /// two with one name whoever looks after one of them means that.
    func named(_ text: String, on day: Day) -> Reading {
        let found = byKey[Self.key(text)] ?? []
        let open = found.filter { $0.isOpen(on: day) }
        let theirs = open.filter { scope?.contains($0.path) ?? true }
        if theirs.count > 1 { return .ambiguous }
        if let place = theirs.first { return .found(place) }
        return found.isEmpty ? .unknown : open.isEmpty ? .closed : .outside
    }

    /// What the part that is looked after is called, from the top down; nil for all of it.
    public var scopeName: String? {
        theirs.first { $0.place.path == scope }?.whole ?? scope?.description
    }

    /// What a column offers on a day: those that are open and looked after, each by words that mean
    /// that one alone, in the order of their codes.
    public func offered(on day: Day) -> [String] {
        theirs.filter { $0.place.isOpen(on: day) }.map { place, whole in
            [whole, place.name].first { named($0, on: day) == .found(place) }
                ?? place.path.description
        }
    }

    enum Reading: Equatable {
        case found(BusinessPlace), unknown, ambiguous, closed
        /// Not looked after by whoever sends the file.
        case outside
    }

    /// Names are compared as people's are; between them stands /, ／, > or ＞.
    private static func key(_ text: String) -> String {
        String(MatchKey.name(text).map { $0 == ">" ? "/" : $0 })
    }
}

/// What a row says of the 事業所.
public enum BusinessPlaceAnswer: Equatable, Sendable {
    /// Nothing: whoever is known stays where they are.
    case unsaid
    /// The organization itself, and none of its 事業所.
    case wholeOrganization
    case at(BusinessPlace)

    /// Whether the row leaves somebody where they are.
    public func leaves(_ known: BusinessPlacePath?) -> Bool {
        switch self {
        case .unsaid: true
        case .wholeOrganization: known == nil
        case .at(let place): known == place.path
        }
    }
}

extension ApplicationCheck {
    /// 事業所 of a row; a form does not ask it.
    mutating func businessPlace() -> BusinessPlaceAnswer {
        guard case .groupFile(let organization) = door else { return .unsaid }
        let typed = cleaned(.businessPlace)
        if typed.isEmpty { return unsaidPlace(organization.places.own) }
        let isOrganization = MatchKey.name(typed) == MatchKey.name(organization.name)
        switch organization.places.named(typed, on: today) {
        case .found(let place): return .at(place)
        case .unknown where isOrganization && organization.places.scope == nil:
            return .wholeOrganization
        case .unknown where isOrganization: tell(.businessPlaceNotYours, typed)
        case .unknown: tell(.businessPlaceUnknown, typed)
        case .closed: tell(.businessPlaceClosed, typed)
        case .ambiguous: tell(.businessPlaceAmbiguous, typed)
        case .outside: tell(.businessPlaceNotYours, typed)
        }
        return .unsaid
    }

    /// Nobody comes new to a 事業所 that is there no more because whoever looks after it sends them.
    private mutating func unsaidPlace(_ own: BusinessPlace?) -> BusinessPlaceAnswer {
        if let own, !own.isOpen(on: today) { tell(.businessPlaceClosed, own.name) }
        return .unsaid
    }

    private mutating func tell(_ code: ProblemCode, _ typed: String) {
        problems.add(code, .businessPlace, [.value: typed])
    }
}
