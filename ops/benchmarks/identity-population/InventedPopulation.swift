public import Enrollment

/// Everybody who is held, and the lists that organizations send a year later, with the truth.
public struct InventedPopulation {
    var chance: Chance
    let names = InventedNames()
    var people: [InventedPerson] = []
    var organizations: [InventedOrganization] = []
    private var count = 0

    /// Whoever is known, in the order of persons; some of them by two doors.
    public private(set) var held: [HeldRecord] = []
    /// A list each, with the person of whom each row truly speaks.
    public private(set) var lists: [[(person: Int, says: IdentityRecord)]] = []

    public init(people size: Int, seed: Int) {
        chance = Chance(seed: seed)
        let organizationCount = max(2, size / 1_500)
        for id in 1...organizationCount {
            let organization = InventedOrganization(id, &chance)
            organizations.append(organization)
            fill(organization, with: size / organizationCount)
        }
        hold()
        send()
    }

    /// Households of one to four; a few share one mailbox, and so do wards.
    private mutating func fill(_ organization: InventedOrganization, with size: Int) {
        let end = people.count + size
        while people.count < end {
            let family = names.family(&chance)
            let first = newcomer(family, organization)
            people.append(first)
            for _ in 0..<(chance.happens(120) ? 1 + chance.below(3) : 0) where people.count < end {
                people.append(relative(of: first, organization))
            }
        }
    }

    /// Somebody with a home of their own.
    mutating func newcomer(
        _ family: InventedNames.Name, _ organization: InventedOrganization
    ) -> InventedPerson {
        count += 1
        var person = InventedPerson(
            id: count, family: family, given: names.given(&chance), mail: "", phone: "",
            postalCode: "", street: "", employeeNumber: "", organization: organization.id)
        (person.postalCode, person.street) = organization.office ?? home()
        person.phone = chance.happens(500) ? phone() : ""
        person.employeeNumber = organization.givesNumbers ? "\(organization.id)-\(count)" : ""
        person.mail = mail(of: count, organization)
        return person
    }

    private mutating func relative(
        of first: InventedPerson, _ organization: InventedOrganization
    ) -> InventedPerson {
        var person = newcomer(first.family, organization)
        (person.postalCode, person.street) = (first.postalCode, first.street)
        if chance.happens(600) { person.phone = first.phone }
        if chance.happens(200) { person.mail = first.mail }
        return person
    }

    mutating func home() -> (String, String) {
        let code = String(1_010_000 + chance.below(60_000) * 17)
        return (code, "\(1 + chance.below(6))丁目\(1 + chance.below(30))-\(1 + chance.below(30))")
    }

    mutating func phone() -> String { "090" + String(10_000_000 + chance.below(89_999_999)) }

    mutating func mail(of number: Int, _ organization: InventedOrganization) -> String {
        if chance.happens(30) { return "\(InventedOrganization.ward)\(number / 12)@\(organization.domain)" }
        return chance.happens(600)
            ? "p\(number)@\(organization.domain)" : "private\(number)@gmail.com"
    }

    private mutating func hold() {
        for person in people {
            held.append(HeldRecord(personID: person.id, says: person.record()))
            // Some have applied alone, too, before their organization listed them.
            guard chance.happens(30) else { continue }
            var alone = person
            alone.mail = "alone\(person.id)@yahoo.co.jp"
            alone.employeeNumber = ""
            held.append(
                HeldRecord(personID: person.id, says: alone.record(isMailConfirmed: true)))
        }
    }

    /// A year later.
    private mutating func send() {
        for organization in organizations {
            var year = InventedYear(organization, &chance)
            let members = people.filter { $0.organization == organization.id }
            var list = members.compactMap { year.again($0, &self) }
            list += (0..<members.count / 10).map { _ in year.joining(&self, members) }
            lists.append(list.map { ($0.id, $0.record()) })
        }
    }

    /// How often names are borne among everybody who is held.
    public var frequencies: NameFrequencies {
        var (families, givens): ([String: Int], [String: Int]) = ([:], [:])
        for person in people {
            families[person.family.kanji, default: 0] += 1
            givens[person.given.kanji, default: 0] += 1
        }
        return NameFrequencies(families: families, givens: givens, of: people.count)
    }
}
