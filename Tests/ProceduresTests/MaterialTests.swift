import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 資材: asked for by an organization, sent by the office, and every way back.
@Suite struct MaterialTests {
    private static let clerk = Actor.operator("clerk")
    private static let office = Actor.operator("office")

    /// A hospital with two houses.
    private static func hospital(
        _ desk: isolated OfficeDesk, at place: String? = nil
    ) async throws -> OrganizationScope {
        for (path, name) in [("east", "東病院"), ("west", "西病院")]
        where try await desk.office.businessPlaces(of: "demo-hospital").allSatisfy({
            $0.path.description != path
        }) {
            try await desk.office.addBusinessPlace(
                try #require(BusinessPlacePath(path)), named: BusinessPlaceName(name)!,
                of: "demo-hospital",
                by: office)
        }
        let body = try await desk.office.currentRules().organization(code: "demo-hospital")
        return OrganizationScope(
            try #require(body).id, at: place.flatMap { BusinessPlacePath($0) })
    }

    static func draft(
        _ place: String = "", _ counts: MaterialCounts = MaterialCounts(stickers: 1, nametags: 3)
    ) -> MaterialDraft {
        var draft = MaterialDraft()
        draft[.place] = place
        for kind in MaterialKind.allCases {
            draft[MaterialField(of: kind)] = String(counts[kind])
        }
        draft[.postalCode] = "1020094"
        (draft[.prefecture], draft[.city]) = ("東京都", "千代田区")
        (draft[.street], draft[.addressee]) = ("紀尾井町1-3", "総務課")
        return draft
    }

    private static func ask(
        _ draft: MaterialDraft, _ key: String, within scope: OrganizationScope,
        _ desk: isolated OfficeDesk
    ) async throws -> Int {
        let outcome = try await desk.office.askMaterials(
            MaterialForm(draft, onceKey: key), within: scope, by: clerk)
        guard case .kept(let number) = outcome else { throw Unfit() }
        return number
    }

    private static func only(
        _ number: Int, _ desk: isolated OfficeDesk
    ) async throws -> MaterialRecord {
        let found = try await desk.office.reading.materials(numbered: [number])
        return try #require(found.first)
    }

    private static func change(
        _ number: Int, _ act: MaterialAct, within scope: OrganizationScope? = nil,
        _ desk: isolated OfficeDesk
    ) async throws {
        try await desk.move(by: 1)
        try await desk.office.changeMaterials(
            number, act, seen: try await only(number, desk).version, within: scope, by: office)
    }

    @Test func aFormThatIsPressedTwiceAsksOnce() async throws {
        try await withOffice { desk in
            let scope = try await Self.hospital(desk)
            let first = try await Self.ask(Self.draft("east"), "k", within: scope, desk)
            #expect(try await Self.ask(Self.draft("east"), "k", within: scope, desk) == first)
            let all = try await desk.office.reading.materials(
                MaterialFilter())
            #expect(all.map(\.number) == [first])
            #expect(all[0].state == .waiting && all[0].placeName == "東病院")
            #expect(all[0].order.counts == MaterialCounts(stickers: 1, nametags: 3))
            #expect(all[0].asker.actor == Self.clerk)
            #expect(all[0].city == "千代田区" && all[0].askedOn == desk.office.today)
        }
    }

    @Test func whoeverLooksAfterOnePlaceAsksAndSeesOnlyThat() async throws {
        try await withOffice { desk in
            let whole = try await Self.hospital(desk)
            let east = try await Self.hospital(desk, at: "east")
            let wests = try await Self.ask(Self.draft("west"), "w", within: whole, desk)
            let own = try await Self.ask(Self.draft("east"), "e", within: east, desk)
            for place in ["west", ""] {
                let outcome = try await desk.office.askMaterials(
                    MaterialForm(Self.draft(place), onceKey: "x" + place), within: east,
                    by: Self.clerk)
                guard case .rejected(let problems) = outcome else { throw Unfit() }
                #expect(problems == [.placeUnknown])
            }
            var filter = MaterialFilter()
            filter.scope = east
            #expect(try await desk.office.reading.materials(filter).map(\.number) == [own])
            await #expect(throws: Refusal.notFound) {
                try await desk.office.material(wests, within: east)
            }
            let seen = try await Self.only(wests, desk).version
            await #expect(throws: Refusal.notFound) {
                try await desk.office.changeMaterials(
                    wests, .withdraw, seen: seen, within: east, by: Self.clerk)
            }
            await #expect(throws: Refusal.notFound) {
                try await desk.office.correctMaterials(
                    wests, to: Self.draft(), seen: seen, within: east, by: Self.clerk)
            }
        }
    }

    @Test func whatWaitsIsCorrectedWithdrawnAndAskedForAgain() async throws {
        try await withOffice { desk in
            let scope = try await Self.hospital(desk)
            let number = try await Self.ask(Self.draft(), "k", within: scope, desk)
            let seen = try await Self.only(number, desk).version
            try await desk.move(by: 1)
            let other = Self.draft("", MaterialCounts(materials: 2))
            _ = try await desk.office.correctMaterials(
                number, to: other, seen: seen, within: scope, by: Self.clerk)
            #expect(
                try await Self.only(number, desk).order.counts == MaterialCounts(materials: 2))
            // The same once more is a second press; something else from an old page is refused.
            _ = try await desk.office.correctMaterials(
                number, to: other, seen: seen, within: scope, by: Self.clerk)
            await #expect(throws: Refusal.conflict(.materialsHaveChanged)) {
                try await desk.office.correctMaterials(
                    number, to: Self.draft(), seen: seen, within: scope, by: Self.clerk)
            }
            try await Self.change(number, .withdraw, within: scope, desk)
            #expect(try await Self.only(number, desk).state == .withdrawn)
            try await Self.change(number, .resume, within: scope, desk)
            #expect(try await Self.only(number, desk).state == .waiting)
            _ = try await desk.office.sendMaterials(
                [number], on: desk.office.today, seen: nil, by: Self.office)
            for act in [MaterialAct.withdraw, .resume] {
                await #expect(throws: Refusal.conflict(.materialsHaveChanged)) {
                    try await Self.change(number, act, within: scope, desk)
                }
            }
            let subject = "materials:\(number)"
            let acts = try await desk.texts(
                "SELECT act AS text FROM events WHERE subject = \(subject) ORDER BY id")
            #expect(
                acts == [
                    "ask_materials", "correct_materials", "withdraw_materials",
                    "resume_materials", "send_materials",
                ])
        }
    }
}

/// 発送.
@Suite struct ShippingTests {
    private static let office = Actor.operator("office")

    private static func ask(
        _ count: Int, _ desk: isolated OfficeDesk, _ code: String = "demo-hospital"
    ) async throws -> [Int] {
        let body = try await desk.office.currentRules().organization(code: code)
        let scope = OrganizationScope(try #require(body).id)
        var numbers: [Int] = []
        for key in 0..<count {
            let outcome = try await desk.office.askMaterials(
                MaterialForm(MaterialTests.draft(), onceKey: "\(key)"), within: scope,
                by: .operator("clerk"))
            guard case .kept(let number) = outcome else { throw Unfit() }
            numbers.append(number)
        }
        return numbers
    }

    private static func states(_ desk: isolated OfficeDesk) async throws -> [MaterialState] {
        try await desk.office.reading.materials(MaterialFilter())
            .map(\.state)
    }

    @Test func whatOneActSaysToHaveLeftIsPlannedAndTakenBackTogether() async throws {
        try await withOffice { desk in
            let numbers = try await Self.ask(3, desk)
            _ = try await Self.ask(1, desk, "demo-clinic")
            let hospital = try await desk.office.currentRules().organization(code: "demo-hospital")
            let id = try #require(hospital).id
            let plan = try await desk.office.planShipping(of: .organization(id))
            #expect(plan.waiting.map(\.number) == numbers && plan.others.isEmpty)
            #expect(plan.counts == MaterialCounts(stickers: 3, nametags: 9))
            try await desk.move(by: 1)
            let act = try await desk.office.sendMaterials(
                numbers, on: desk.office.today, seen: plan.mark, by: Self.office)
            #expect(act.count == 3)
            #expect(try await Self.states(desk) == [.sent, .sent, .sent, .waiting])
            let acts = try await desk.office.reading.shippingActs(limit: 9)
            #expect(acts.map(\.requests) == [3] && acts[0].actor.actor == Self.office)
            await #expect(throws: Refusal.conflict(.materialsHaveChanged)) {
                try await desk.office.sendMaterials(
                    numbers, on: desk.office.today, seen: plan.mark, by: Self.office)
            }
            try await desk.move(by: 1)
            try await desk.office.takeBackShipping(saidAt: act.at, by: Self.office)
            #expect(try await Self.states(desk).allSatisfy { $0 == .waiting })
            #expect(try await desk.office.reading.isTakenBack(shippingAt: act.at))
            await #expect(throws: Refusal.conflict(.materialsHaveChanged)) {
                try await desk.office.takeBackShipping(saidAt: act.at, by: Self.office)
            }
            let again = try await desk.office.planShipping(of: .numbers(numbers))
            try await desk.move(by: 1)
            _ = try await desk.office.sendMaterials(
                numbers, on: desk.office.today, seen: again.mark, by: Self.office)
            let isTakenBack = try await desk.office.reading.isTakenBack(shippingAt: act.at)
            #expect(!isTakenBack, "what left anew does not wait")
        }
    }

    @Test func aPlanThatIsAnotherOneNowSendsNothing() async throws {
        try await withOffice { desk in
            let numbers = try await Self.ask(2, desk)
            let plan = try await desk.office.planShipping(of: .numbers(numbers))
            try await desk.move(by: 1)
            try await desk.office.changeMaterials(
                numbers[0], .withdraw, seen: plan.requests[0].version, within: nil,
                by: Self.office)
            await #expect(throws: Refusal.conflict(.materialsHaveChanged)) {
                try await desk.office.sendMaterials(
                    numbers, on: desk.office.today, seen: plan.mark, by: Self.office)
            }
            await #expect(throws: Refusal.conflict(.materialsHaveChanged)) {
                try await desk.office.sendMaterials(
                    numbers, on: desk.office.today, seen: nil, by: Self.office)
            }
            #expect(try await Self.states(desk) == [.withdrawn, .waiting])
            let now = try await desk.office.planShipping(of: .numbers(numbers))
            #expect(now.others.map(\.number) == [numbers[0]])
        }
    }

    @Test func nothingLeavesOnADayThatIsToComeOrBeforeItWasAskedFor() async throws {
        try await withOffice { desk in
            let numbers = try await Self.ask(1, desk)
            for days in [1, -1] {
                await #expect(throws: Refusal.conflict(.shippingDayIsOutside)) {
                    try await desk.office.sendMaterials(
                        numbers, on: desk.office.today.adding(days: days), seen: nil,
                        by: Self.office)
                }
            }
        }
    }

    @Test func whatWaitsAtTheEndOfAYearWaitsInTheNext() async throws {
        try await withOffice(on: try #require(Day("2027-03-31"))) { desk in
            let numbers = try await Self.ask(2, desk)
            try await desk.move(by: 86_400)
            #expect(try await Self.states(desk) == [.waiting, .waiting])
            let sums = try await desk.office.reading.materialSums(
                .waiting, named: desk.office.year)
            #expect(sums.map(\.requests) == [2])
            _ = try await desk.office.sendMaterials(
                numbers, on: desk.office.today.adding(days: -1), seen: nil, by: Self.office)
            #expect(try await Self.states(desk) == [.sent, .sent])
        }
    }

    @Test func whatCameBackIsCorrectedAndSentAgain() async throws {
        try await withOffice { desk in
            let number = try await Self.ask(1, desk)[0]
            let day = desk.office.today
            _ = try await desk.office.sendMaterials([number], on: day, seen: nil, by: Self.office)
            try await Self.change(number, .markReturned, desk)
            var record = try await Self.now(number, desk)
            #expect(record.state == .returned && record.sentOn == day)
            #expect(record.returnedOn == day.adding(days: 1))
            try await Self.change(number, .takeBackReturn, desk)
            record = try await Self.now(number, desk)
            #expect(record.state == .sent && record.sentOn == day && record.returnedOn == nil)
            try await Self.change(number, .markReturned, desk)
            try await desk.move(by: 60)
            var draft = MaterialTests.draft()
            draft[.addressee] = "庶務課"
            record = try await Self.now(number, desk)
            _ = try await desk.office.correctMaterials(
                number, to: draft, seen: record.version,
                within: OrganizationScope(record.organizationID), by: .operator("clerk"))
            record = try await Self.now(number, desk)
            #expect(record.state == .waiting && record.sentOn == nil)
            #expect(record.order.address.addressee == "庶務課")
        }
    }

    private static func now(
        _ number: Int, _ desk: isolated OfficeDesk
    ) async throws -> MaterialRecord {
        let found = try await desk.office.reading.materials(numbered: [number])
        return try #require(found.first)
    }

    private static func change(
        _ number: Int, _ act: MaterialAct, _ desk: isolated OfficeDesk
    ) async throws {
        try await desk.move(by: 86_400)
        try await desk.office.changeMaterials(
            number, act, seen: try await now(number, desk).version, within: nil, by: office)
    }

    @Test func whereToIsForgottenAfterItsTimeAndTheCountsStay() async throws {
        try await withOffice { desk in
            let number = try await Self.ask(1, desk)[0]
            try await desk.move(to: Instant(startOf: try #require(Day("2028-04-02"))))
            _ = try await desk.office.forgetExpired(by: Self.office)
            let found = try await desk.rows(
                "SELECT addressee, phone, nametag_count, is_forgotten FROM material_facts")
            #expect(try found.map { try $0.string("addressee") } == [""])
            #expect(try found[0].int("nametag_count") == 3 && found[0].bool("is_forgotten"))
            #expect(number > 0)
        }
    }
}
