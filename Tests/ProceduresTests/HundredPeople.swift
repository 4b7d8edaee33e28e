import Enrollment
import Postgres
import Procedures
import Store
import TestSupport

/// A hundred invented people through two turns of the year: alone and by organizations' files, of
/// every category, appointed, rejected, resigned, of two organizations, of the other kind, renewed
/// and back after a year without. Nothing is drawn: it is always the same life.
enum HundredPeople {
    static let start = Instant(startOf: Day("2026-05-12")!).adding(seconds: 36_000)

    /// Lives it, and gives the basis that is counted by: what was known some days before its end.
    static func live(_ desk: isolated OfficeDesk) async throws -> TallyBasis {
        try await apply(desk)
        try await changeMinds(desk)
        try await renew(desk, on: "2027-04-01")
        try await comeInTheSecondYear(desk)
        try await renew(desk, on: "2028-04-01")
        try await comeInTheThirdYear(desk)
        let day = desk.office.today
        try await desk.move(by: 86_400)
        let basis = try await desk.office.basis(asOf: day, known: .endOf(day))
        try await doWhatIsNotKnownYet(desk)
        return basis
    }

    /// May 2026: most come with their organization's file.
    private static func apply(_ desk: isolated OfficeDesk) async throws {
        try await enter(desk, 1...36, unit: "外来")
        try await enter(desk, 41...56, to: "demo-clinic", at: .nara)
        try await alone(desk, 57...60) {
            $0["eligibility_category"] = "national_project"
            $0["eligibility_program_id"] = "national-04"
        }
        try await alone(desk, 61...63) { $0["eligibility_category"] = "local_gov_project" }
        try await alone(desk, 64...66) {
            $0["eligibility_category"] = "listed_org"
            $0["affiliation_org_id"] = "nichiyaku"
            $0["affiliation_unit"] = "奈良県薬剤師会"
        }
        try await alone(desk, 67...73)
        try await alone(desk, 74...75) {
            $0["badge_opt_in"] = "no"
            $0["phone"] = "0742-22-1101"
            $0["building"] = "紀尾井町コーポ 101"
        }
        try await alone(desk, 81...88, asCaller)
        try await decide(desk)
    }

    /// June 2026: addresses change, people belong to a second organization, resign, are rejected,
    /// become promoters, apply twice, and one is left waiting until the year is over.
    private static func changeMinds(_ desk: isolated OfficeDesk) async throws {
        try await desk.move(to: instant("2026-06-20"))
        try await enter(desk, 1...3, at: .nara, unit: "外来")
        try await enter(desk, 4...4, unit: "外来") { $0[13] = "希望しない" }
        try await enter(desk, 5...7, to: "demo-clinic", unit: "訪問")
        try await desk.office.resign(application: id(desk, of: 8), by: .applicant)
        try await desk.office.resign(application: id(desk, of: 67), by: .applicant)
        try await alone(desk, 89...90)
        try await desk.office.reject(
            id(desk, of: 90), because: "要件を満たしません。", by: .operator("office"))
        try await alone(desk, 81...81)
        try await decide(desk)
        try await alone(desk, 68...68)
        try await desk.move(to: instant("2026-10-05"))
        try await alone(desk, 67...67)
        try await decide(desk)
        try await desk.office.answerReuse(.no, ofApplication: id(desk, of: 69), by: .applicant)
        try await alone(desk, 76...76)
    }

    /// The year that was 2026 is over for whoever resigned: back in the third year, they are 再任.
    private static func comeInTheSecondYear(_ desk: isolated OfficeDesk) async throws {
        try await desk.move(to: instant("2027-06-10"))
        try await enter(desk, 91...94, to: "demo-clinic", unit: "薬局")
        try await alone(desk, 95...96, asCaller)
        try await decide(desk)
        try await desk.move(to: instant("2027-11-02"))
        try await desk.office.resign(application: id(desk, of: 91), by: .applicant)
        try await desk.office.resign(application: id(desk, of: 70), by: .applicant)
    }

    private static func comeInTheThirdYear(_ desk: isolated OfficeDesk) async throws {
        try await desk.move(to: instant("2028-04-20"))
        try await alone(desk, 8...8)
        try await alone(desk, 97...97) { $0["street"] = "紀尾井町1-3　＝Ａ棟" }
        try await alone(desk, 82...82)
        try await decide(desk)
        try await desk.move(to: instant("2028-05-08"))
        try await desk.office.resign(application: id(desk, of: 9), by: .applicant)
        try await enter(desk, 10...10, to: "demo-clinic", unit: "訪問")
        try await enter(desk, 11...12, at: .nara, unit: "病棟")
        try await alone(desk, 98...98)
        try await desk.approveAll()
        try await alone(desk, 99...100)
        try await desk.office.reject(
            id(desk, of: 99), because: "視聴の日が違います。", by: .operator("office"))
        _ = try await desk.upload(
            [37, 38, 38, 39], seenOn: desk.office.today.description
        ) { if $0[0] == "39" { $0[9] = "person39" } }
        try await enter(desk, 37...40, unit: "外来")
        try await enter(desk, 77...80, to: "demo-clinic", at: .nara)
        try await askForMaterials(desk)
    }

    /// Sent, waiting, withdrawn and come back.
    private static func askForMaterials(_ desk: isolated OfficeDesk) async throws {
        var numbers: [Int] = []
        for (index, code) in ["demo-hospital", "demo-clinic", "demo-hospital", "demo-clinic"]
            .enumerated()
        {
            numbers.append(try await materials(index, of: code, desk))
            try await desk.move(by: 60)
        }
        _ = try await desk.office.sendMaterials(
            [numbers[0], numbers[3]], on: desk.office.today, seen: nil, by: .operator("office"))
        for (number, act) in [(numbers[2], MaterialAct.withdraw), (numbers[3], .markReturned)] {
            try await desk.move(by: 60)
            let known = try await desk.office.reading.materials(numbered: [number])
            try await desk.office.changeMaterials(
                number, act, seen: known[0].version, within: nil, by: .operator("office"))
        }
    }

    private static func materials(
        _ number: Int, of code: String, _ desk: isolated OfficeDesk
    ) async throws -> Int {
        guard let body = try await desk.office.currentRules().organization(code: code) else {
            throw Unfit()
        }
        var draft = MaterialTests.draft(
            "", MaterialCounts(stickers: 1, nametags: number * 12, materials: 2))
        draft[.building] = number == 1 ? "＝見本ビル 2階" : ""
        let outcome = try await desk.office.askMaterials(
            MaterialForm(draft, onceKey: "\(number)"), within: OrganizationScope(body.id),
            by: .operator("clerk"))
        guard case .kept(let kept) = outcome else { throw Unfit() }
        return kept
    }

    /// None of it stands in a workbook of the day before.
    private static func doWhatIsNotKnownYet(_ desk: isolated OfficeDesk) async throws {
        try await enter(desk, 37...37, at: .nara, unit: "病棟") { $0[13] = "希望しない" }
        try await decide(desk)
        try await desk.office.resign(application: id(desk, of: 13), by: .applicant)
        try await enter(desk, 14...15, at: .nara, unit: "病棟") { $0[13] = "希望しない" }
        var filter = MaterialFilter()
        filter.state = .waiting
        let waiting = try await desk.office.reading.materials(filter).map(\.number)
        _ = try await desk.office.sendMaterials(
            waiting, on: desk.office.today, seen: nil, by: .operator("office"))
        _ = try await materials(9, of: "demo-hospital", desk)
    }

    private static func renew(_ desk: isolated OfficeDesk, on day: String) async throws {
        try await desk.move(to: instant(day))
        _ = try await desk.office.closePastYears(limit: 1_000)
        try await desk.office.openFiscalYear(desk.office.year, by: .operator("office"))
        try await desk.move(by: 1)
        let plan = try await desk.office.planRenewal(
            to: desk.office.year, by: desk.decision, by: .operator("office"))
        guard
            case .applied = try await desk.office.applyRenewal(plan.number, by: .operator("office"))
        else {
            throw Unfit()
        }
    }

    private static func decide(_ desk: isolated OfficeDesk) async throws {
        try await desk.approveAll()
        try await desk.move(by: 60)
        try await desk.appointAll()
    }

    private static func enter(
        _ desk: isolated OfficeDesk, _ numbers: ClosedRange<Int>, to body: String = "demo-hospital",
        at place: Invented.Place = .tokyo, unit: String = "",
        _ change: (inout [String]) -> Void = { _ in }
    ) async throws {
        _ = try await desk.enter(
            numbers, to: body, at: place, seenOn: desk.office.today.description, unit: unit, change)
        try await desk.move(by: 60)
    }

    private static func alone(
        _ desk: isolated OfficeDesk, _ numbers: ClosedRange<Int>,
        _ change: (inout ApplicationDraft) -> Void = { _ in }
    ) async throws {
        let today = desk.office.today.description
        _ = try await desk.office.submitInvented(
            numbers.map { number in
                Invented.draft(number) {
                    ($0["view_1_on"], $0["view_2_on"]) = (today, today)
                    change(&$0)
                }
            })
        try await desk.move(by: 60)
    }

    private static func asCaller(_ draft: inout ApplicationDraft) {
        draft["applicant_kind"] = "caller"
        draft["eligibility_category"] = "community_caller"
    }

    /// The newest application of a person.
    private static func id(_ desk: isolated OfficeDesk, of number: Int) async throws -> Int {
        try await desk.rows(
            """
            SELECT id FROM applications WHERE email = \(Invented.email(number))
            AND state <> 'merged' ORDER BY id DESC LIMIT 1
            """)[0].int("id")
    }

    private static func instant(_ day: String) throws -> Instant {
        guard let day = Day(day) else { throw Unfit() }
        return Instant(startOf: day).adding(seconds: 36_000)
    }
}
