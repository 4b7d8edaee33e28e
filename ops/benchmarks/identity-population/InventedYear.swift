/// What a year does to an organization's list.
struct InventedYear {
    private var organization: InventedOrganization
    /// It has given its numbers anew, or its addresses another domain.
    private let isRenumbered: Bool
    private let hasNewDomain: Bool

    init(_ organization: InventedOrganization, _ chance: inout Chance) {
        self.organization = organization
        isRenumbered = chance.happens(100)
        hasNewDomain = chance.happens(100)
        if hasNewDomain { self.organization.domain = "new\(organization.id).example.jp" }
    }

    /// Nil of whoever has left.
    mutating func again(
        _ person: InventedPerson, _ world: inout InventedPopulation
    ) -> InventedPerson? {
        if world.chance.happens(80) { return nil }
        var person = person
        if hasNewDomain, let name = person.mail.split(separator: "@").first,
            person.mail.hasSuffix(".example.jp")
        {
            person.mail = "\(name)@\(organization.domain)"
        }
        if isRenumbered, !person.employeeNumber.isEmpty {
            person.employeeNumber = "\(organization.id)-\(person.id + 7)"
        }
        live(&person, &world)
        mistype(&person, &world.chance)
        return person
    }

    /// Moves, marriages, another telephone, another address.
    private func live(_ person: inout InventedPerson, _ world: inout InventedPopulation) {
        let marries = world.chance.happens(10)
        if marries { person.family = world.names.family(&world.chance) }
        if organization.office == nil, world.chance.happens(marries ? 500 : 40) {
            (person.postalCode, person.street) = world.home()
        }
        if world.chance.happens(20), !person.phone.isEmpty { person.phone = world.phone() }
        if world.chance.happens(20) { person.mail = "corrected\(person.id)@gmail.com" }
    }

    /// Slips of whoever writes the list.
    private func mistype(_ person: inout InventedPerson, _ chance: inout Chance) {
        if chance.happens(4) { (person.family, person.given) = (person.given, person.family) }
        if chance.happens(5) { person.given.kana = String(person.given.kana.dropLast()) + "ー" }
        if chance.happens(5) { person.given.kanji = Self.alike(person.given.kanji) }
        if chance.happens(3) { person.given.kanji = String(person.given.kanji.dropLast()) + "緒" }
    }

    private static func alike(_ name: String) -> String {
        let pairs: [Character: Character] = ["郎": "朗", "朗": "郎", "裕": "祐", "太": "大", "紀": "記"]
        return String(name.map { pairs[$0] ?? $0 })
    }

    /// Somebody new: mostly nobody's relative, sometimes a husband, a child, a twin of a member.
    mutating func joining(
        _ world: inout InventedPopulation, _ members: [InventedPerson]
    ) -> InventedPerson {
        var person = world.newcomer(world.names.family(&world.chance), organization)
        guard world.chance.happens(60) else { return person }
        let relative = world.chance.one(of: members)
        person.family = relative.family
        (person.postalCode, person.street) = (relative.postalCode, relative.street)
        if world.chance.happens(500) { person.phone = relative.phone }
        if world.chance.happens(200) { person.mail = relative.mail }
        if world.chance.happens(60) { person.given = Self.twin(of: relative.given) }
        return person
    }

    private static func twin(of name: InventedNames.Name) -> InventedNames.Name {
        let first: (InventedNames.Name) = name.kanji.hasPrefix("一") ? ("二", "ジ") : ("一", "イチ")
        return (first.kanji + name.kanji.dropFirst(), first.kana + name.kana.suffix(2))
    }
}
