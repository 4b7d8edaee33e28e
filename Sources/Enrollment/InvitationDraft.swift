internal import JapaneseText

/// Whose desk somebody is invited to.
public enum InvitedTo: Sendable, Equatable {
    case office(OfficeRights)
    case ministry
    /// By codes, as typed: the organization, and the path of a 事業所 of it, empty for the whole.
    case organization(String, place: String)
}

/// 招待 as it was typed.
public struct InvitationDraft: Sendable {
    public var email: String
    public var name: String
    public var desk: InvitedTo
    /// The number of the account that ends when the invited begins; nil for none.
    public var takesOver: Int?

    public init(email: String, name: String, to desk: InvitedTo, inPlaceOf former: Int? = nil) {
        self.email = email
        self.name = name
        self.desk = desk
        takesOver = former
    }

    /// In Unicode scalars.
    public static let longestName = 100

    /// Everything that is wrong with it, as far as it says so itself.
    public var problems: [InvitationProblem] {
        var problems: [InvitationProblem] = []
        if address == nil {
            problems.append(
                email.allSatisfy(\.isWhitespace) ? .emailMissing : .emailNotAnAddress)
        }
        if typedName.isEmpty { problems.append(.nameMissing) }
        if typedName.unicodeScalars.count > Self.longestName { problems.append(.nameTooLong) }
        switch desk {
        case .office(let rights): if rights.isEmpty { problems.append(.rightsMissing) }
        case .ministry: break
        case .organization(let code, let place):
            if code.isEmpty { problems.append(.organizationMissing) }
            if !place.isEmpty, BusinessPlacePath(place) == nil { problems.append(.placeUnknown) }
        }
        return problems
    }

    /// Nil where it is none.
    public var address: String? {
        if case .address(let address) = EmailAddress.read(email) { address.text } else { nil }
    }

    /// Without blanks around it.
    public var typedName: String { TextTrim.trimmed(name) }
}

/// What is wrong with an invitation.
public enum InvitationProblem: Sendable, CaseIterable {
    case emailMissing, emailNotAnAddress
    case hasAccount, hasDisabledAccount, isInvited
    /// Somebody else is invited to take the same account over.
    case isTakenOverByAnother
    /// The address is somebody's of whom the inviter is to learn nothing.
    case addressCannotBeUsed
    case nameMissing, nameTooLong
    case rightsMissing
    case organizationMissing, organizationUnknown, organizationIsClosed
    case placeUnknown

    /// The question that it is about.
    public enum Field: String, Sendable { case email, name, rights, organization, place }

    public var field: Field {
        switch self {
        case .emailMissing, .emailNotAnAddress, .hasAccount, .hasDisabledAccount, .isInvited,
            .addressCannotBeUsed, .isTakenOverByAnother:
            .email
        case .nameMissing, .nameTooLong: .name
        case .rightsMissing: .rights
        case .organizationMissing, .organizationUnknown, .organizationIsClosed: .organization
        case .placeUnknown: .place
        }
    }
}
