import Enrollment
import Procedures
import Store

/// Asks for 資材 of a few organizations, so that a demo has some of each kind: sent, come back,
/// withdrawn, waiting.
struct SeedMaterials {
    let office: Office
    let people: InventedPeople

    /// So many organizations, those with the most people first.
    private static let count = 6

    func play(_ organizations: [SeedTables.Organization]) async throws {
        let rules = try await office.currentRules()
        var numbers: [Int] = []
        for (index, organization) in organizations.filter({ !$0.isNone }).enumerated()
        where numbers.count < Self.count {
            guard let open = rules.organization(code: organization.code),
                let number = try await ask(OrganizationScope(open.id), 900_000 + index)
            else { continue }
            numbers.append(number)
        }
        for (act, number) in zip([MaterialAct.send, .markReturned, .withdraw], numbers) {
            try await finish(number, act)
        }
    }

    /// Nil of an organization without people.
    private func ask(_ scope: OrganizationScope, _ number: Int) async throws -> Int? {
        let needs = try await office.reading.materialNeeds(of: scope, in: office.year)
        guard var draft = needs.first?.suggestion, !draft.asksForNothing else { return nil }
        let home = people.draft(number, seen: office.today)
        for field in MaterialField.address {
            if let asked = field.ofApplication { draft[field] = home[asked] }
        }
        draft[.phone] = "0312345678"
        draft[.addressee] = "見本団体 総務課"
        let form = MaterialForm(draft, onceKey: "demo")
        guard case .kept(let kept) = try await office.askMaterials(form, within: scope, by: .demo)
        else { throw SeedPlay.Unfit(description: "an invented address has faults") }
        return kept
    }

    private func finish(_ number: Int, _ act: MaterialAct) async throws {
        if act != .withdraw {
            _ = try await office.sendMaterials(
                [number], on: office.today, seen: nil, by: .demo)
        }
        guard act != .send,
            let known = try await office.reading.materials(numbered: [number]).first
        else { return }
        try await office.changeMaterials(
            number, act, seen: known.version, within: nil, by: .demo)
    }
}
