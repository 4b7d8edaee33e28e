import Enrollment
import Postgres
import Procedures
import Store
import Synchronization
import TestSupport
import Testing

/// 名札 of all whom a plan appointed.
@Suite struct NametagRunTests {
    private static let officer = Actor.operator("office")

    private static func appointed(
        _ count: Int, _ desk: isolated OfficeDesk
    ) async throws -> (ids: [Int], plan: String) {
        var ids: [Int] = []
        for number in 1...count { ids.append(try await desk.approved(number)) }
        let plan = try await desk.office.planAppointments(by: desk.decision, by: officer)
        _ = try await desk.office.applyAppointments(plan.number, by: officer)
        return (ids, plan.number)
    }

    private static func draw(
        _ plan: String, _ desk: isolated OfficeDesk
    ) async throws -> (run: NametagRun, file: [UInt8]) {
        let file = Written()
        let run = try await desk.office.nametags(ofPlan: plan, by: officer) { part in
            file.bytes.withLock { $0 += part }
        }
        return (run, file.bytes.withLock { $0 })
    }

    private static func count(_ act: String, _ desk: isolated OfficeDesk) async throws -> Int {
        try await desk.count("SELECT count(*) AS n FROM events WHERE act = \(act)")
    }

    @Test func tenStandOnAPageAndTheirCodesAreThoseOfTheCertificates() async throws {
        try await withOffice { desk in
            let (ids, plan) = try await Self.appointed(11, desk)
            _ = try await desk.office.certificate(ofApplication: ids[1])
            let (run, file) = try await Self.draw(plan, desk)
            #expect(run.given == 11 && run.notGiven == 0 && run.pages == 2)
            #expect(file.starts(with: Array("%PDF-1.5".utf8)))
            // Nobody's code is signed anew, neither before nor afterwards.
            _ = try await desk.office.certificate(ofApplication: ids[2])
            #expect(try await Self.count("sign_certificate", desk) == 11)
            #expect(try await Self.count("download_nametags", desk) == 1)
            #expect(try await Self.draw(plan, desk).file == file)
        }
    }

    @Test func whoeverGetsNoCertificateGetsNoNametag() async throws {
        try await withOffice { desk in
            let (ids, plan) = try await Self.appointed(2, desk)
            try await desk.office.resign(application: ids[0], by: Self.officer)
            let (run, _) = try await Self.draw(plan, desk)
            #expect(run.given == 1 && run.notGiven == 1 && run.pages == 1)
            try await desk.office.resign(application: ids[1], by: Self.officer)
            await #expect(throws: Refusal.conflict(.certificateIsNotGiven)) {
                try await Self.draw(plan, desk)
            }
            #expect(try await Self.count("download_nametags", desk) == 1)
        }
    }

    @Test func whatIsNoAppliedPlanOfAppointmentsHasNone() async throws {
        try await withOffice { desk in
            await #expect(throws: Refusal.notFound) { try await Self.draw("A-none", desk) }
            _ = try await desk.approved(1)
            let plan = try await desk.office.planAppointments(by: desk.decision, by: Self.officer)
            await #expect(throws: Refusal.conflict(.planIsNotApplied)) {
                try await Self.draw(plan.number, desk)
            }
        }
    }

    private final class Written: Sendable {
        let bytes = Mutex<[UInt8]>([])
    }
}
