import Enrollment

/// Somebody of the invented population, as they are at one time.
struct InventedPerson {
    let id: Int
    var family: InventedNames.Name
    var given: InventedNames.Name
    var mail: String
    var phone: String
    var postalCode: String
    var street: String
    var employeeNumber: String
    let organization: Int

    /// As a list or a form says it.
    func record(isMailConfirmed: Bool = false) -> IdentityRecord {
        var reach = IdentityReach()
        reach.mail = mail
        reach.isMailConfirmed = isMailConfirmed
        (reach.phone, reach.postalCode, reach.street) = (phone, postalCode, street)
        var numbers = IdentityNumbers()
        (numbers.employee, numbers.organizationID) = (employeeNumber, organization)
        return IdentityRecord(name, reach, numbers)
    }

    var name: FoldedName {
        FoldedName(
            family: family.kanji, given: given.kanji, familyKana: family.kana,
            givenKana: given.kana)
    }
}

/// How an organization keeps its list.
struct InventedOrganization {
    let id: Int
    var domain: String
    let givesNumbers: Bool
    /// Where its own address stands for everybody's home.
    let office: (postalCode: String, street: String)?

    /// How the mailboxes of wards, and the postal codes of offices, begin.
    static let ward = "ward"
    static let officeCode = "100"

    init(_ id: Int, _ chance: inout Chance) {
        self.id = id
        domain = "org\(id).example.jp"
        givesNumbers = chance.happens(600)
        office =
            chance.happens(300) ? ("\(Self.officeCode)\(1_000 + id)", "霞が関1-\(id)") : nil
    }
}
