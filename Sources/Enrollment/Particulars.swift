/// What is said of somebody that two sides may say differently: everything but consents (the
/// person's own), 部署 (the organization's own) and 区分 (frozen). Places by their codes, so that
/// spelling is no difference.
public struct Particulars: Equatable, Sendable {
    /// Without those that are empty: who says nothing says nothing else.
    public private(set) var values: [ApplicationField: String]

    public init(_ values: [ApplicationField: String]) {
        self.values = values.filter { !$0.value.isEmpty }
    }

    public init(_ application: Application) {
        let (name, place) = (application.name, application.address)
        var values: [ApplicationField: String] = [
            .familyName: name.family, .givenName: name.given, .familyNameKana: name.familyKana,
            .givenNameKana: name.givenKana, .postalCode: place.postalCode,
            .prefecture: place.prefectureCode, .city: place.municipalityCode + place.ward,
            .street: place.street, .email: application.email, .phone: application.phone,
            .badgeOptIn: application.choices.wantsBadge ? "yes" : "",
        ]
        for question in Self.plain {
            values[question.field] = application.texts[question.field]
        }
        for viewing in application.viewings {
            values[.viewedOn(slot: viewing.slot)] = viewing.viewedOn.description
        }
        self.init(values)
    }

    private static let plain = TextQuestion.having([.plain, .isParticular])

    /// What is said here and otherwise there. Mail addresses differ by more than their case.
    public func differing(from held: Particulars) -> Particulars {
        Particulars(
            values.filter { field, value in
                let other = held.values[field] ?? ""
                return field == .email
                    ? value.lowercased() != other.lowercased() : value != other
            })
    }

    public var isEmpty: Bool { values.isEmpty }
}

extension ApplicationState {
    /// Before it is approved the organization that filed an application may still correct it by its
    /// file.
    public var mayBeCorrected: Bool {
        switch self {
        case .submitted, .correcting, .reviewing: true
        default: false
        }
    }
}
