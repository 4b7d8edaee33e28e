internal import JapaneseText

/// What one record, a row of a file or an application, says of who somebody is: folded for
/// comparing, never shown and never kept.
public struct IdentityRecord: Sendable {
    public let name: FoldedName
    /// Empty where it is not known, as all of these.
    public let mail: String
    /// Whether the person has confirmed the address by a code.
    public let isMailConfirmed: Bool
    public let phone: String
    /// Postal code and the numbers of the street.
    public let home: String
    /// With the organization that gave it.
    public let employeeNumber: String
    public let memberNumber: String

    public init(_ name: FoldedName, _ reach: IdentityReach, _ numbers: IdentityNumbers) {
        self.name = name
        mail = MatchKey.mail(reach.mail)
        isMailConfirmed = reach.isMailConfirmed
        phone = Telephone.digits(reach.phone)
        home = Self.home(reach.postalCode, reach.street)
        let given = MatchKey.employeeNumber(numbers.employee)
        if let organization = numbers.organizationID, !given.isEmpty {
            employeeNumber = "\(organization)#\(given)"
        } else {
            employeeNumber = ""
        }
        memberNumber = numbers.member
    }

    /// What follows the @ of the address.
    var mailDomain: String { mail.split(separator: "@").last.map(String.init) ?? "" }

    /// A postal code is of one 町, so that within it the numbers of a street say the house, however
    /// they are written. Without a number it is nobody's home in particular: empty.
    private static func home(_ postalCode: String, _ street: String) -> String {
        let numbers = StreetNumbers.read(street)
        return numbers.isEmpty ? "" : postalCode + ":" + numbers
    }
}

/// How somebody is reached, as it was typed.
public struct IdentityReach: Sendable {
    public var mail = ""
    public var isMailConfirmed = false
    public var phone = ""
    public var postalCode = ""
    public var street = ""

    public init() {}
}

/// The numbers by which others know somebody, as they were typed.
public struct IdentityNumbers: Sendable {
    public var employee = ""
    /// Who gave the employee number.
    public var organizationID: Int?
    /// 委員番号 with its check character.
    public var member = ""

    public init() {}
}

/// A name as names are compared.
public struct FoldedName: Hashable, Sendable {
    public let family: String
    public let given: String
    public let familyKana: String
    public let givenKana: String

    public init(family: String, given: String, familyKana: String, givenKana: String) {
        self.family = MatchKey.name(family)
        self.given = MatchKey.name(given)
        self.familyKana = MatchKey.kana(familyKana)
        self.givenKana = MatchKey.kana(givenKana)
    }

    public var whole: String { family + given }
    /// As it is when 氏 and 名 stand in each other's column.
    public var swapped: String { given + family }
    var kana: String { familyKana + givenKana }
    var swappedKana: String { givenKana + familyKana }
}

extension Application {
    /// As a row of the organization's file says it, or as the person says it who has confirmed
    /// their address.
    public func identity(isMailConfirmed: Bool) -> IdentityRecord {
        var reach = IdentityReach()
        reach.mail = email
        reach.isMailConfirmed = isMailConfirmed
        reach.phone = phone
        reach.postalCode = address.postalCode
        reach.street = address.street
        var numbers = IdentityNumbers()
        numbers.employee = employeeNumber
        numbers.organizationID = organizationID
        numbers.member = memberNumber?.description ?? ""
        return IdentityRecord(name.folded, reach, numbers)
    }
}

extension PersonName {
    var folded: FoldedName {
        FoldedName(family: family, given: given, familyKana: familyKana, givenKana: givenKana)
    }
}
