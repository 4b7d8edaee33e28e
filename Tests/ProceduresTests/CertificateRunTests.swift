import Enrollment
import Postgres
import Procedures
import Store
import Synchronization
import TestSupport
import Testing

/// 任命状 of all whom a plan appointed.
@Suite struct CertificateRunTests {
    private static let officer = Actor.operator("office")

    /// Three who applied are appointed by one plan; gives their applications and its number.
    private static func appointed(
        _ desk: isolated OfficeDesk
    ) async throws -> (ids: [Int], plan: String) {
        var ids: [Int] = []
        for number in 1...3 { ids.append(try await desk.approved(number)) }
        let plan = try await desk.office.planAppointments(by: desk.decision, by: officer)
        _ = try await desk.office.applyAppointments(plan.number, by: officer)
        return (ids, plan.number)
    }

    private static func draw(
        _ plan: String, isReissue: Bool = false, _ desk: isolated OfficeDesk
    ) async throws -> (run: CertificateRun, file: [UInt8]) {
        let file = Written()
        let run = try await desk.office.certificates(
            ofPlan: plan, isReissue: isReissue, by: officer
        ) { part in file.bytes.withLock { $0 += part } }
        return (run, file.bytes.withLock { $0 })
    }

    private static func count(_ act: String, _ desk: isolated OfficeDesk) async throws -> Int {
        try await desk.count("SELECT count(*) AS n FROM events WHERE act = \(act)")
    }

    private static func lines(_ run: CertificateRun) -> [Substring] {
        String(decoding: run.list, as: UTF8.self).split(whereSeparator: \.isNewline)
    }

    @Test func everybodyHasAPageAndALineInTheOrderOfThePlan() async throws {
        try await withOffice { desk in
            let (ids, plan) = try await Self.appointed(desk)
            let (run, file) = try await Self.draw(plan, desk)
            #expect(run.given == 3 && run.notGiven == 0)
            #expect(file.starts(with: Array("%PDF-1.5".utf8)))
            let lines = Self.lines(run)
            #expect(lines.count == 4)
            for (index, id) in ids.enumerated() {
                let number = try await desk.office.reading.appointment(ofApplication: id)?.number
                let name = try await desk.office.reading.application(id: id)?.name
                #expect(lines[index + 1].hasPrefix("\(index + 1),\(number ?? "?"),"))
                #expect(lines[index + 1].contains(name ?? "?"))
            }
            #expect(try await Self.count("sign_certificate", desk) == 3)
        }
    }

    @Test func askedForAgainItIsTheSameAndSignedOnce() async throws {
        try await withOffice { desk in
            let (ids, plan) = try await Self.appointed(desk)
            // One of them has had a single one before.
            _ = try await desk.office.certificate(ofApplication: ids[1])
            let first = try await Self.draw(plan, desk)
            try await desk.move(by: 3_600)
            let second = try await Self.draw(plan, desk)
            #expect(first.file == second.file && first.run.list == second.run.list)
            #expect(try await Self.count("sign_certificate", desk) == 3)
            #expect(try await Self.count("download_certificate", desk) == 2)
        }
    }

    @Test func whoeverEndedOrWasTakenBackGetsNone() async throws {
        try await withOffice { desk in
            let (ids, plan) = try await Self.appointed(desk)
            try await desk.office.resign(application: ids[0], by: Self.officer)
            let (run, _) = try await Self.draw(plan, desk)
            #expect(run.given == 2 && run.notGiven == 1 && Self.lines(run).count == 3)
            let undoing = try await desk.office.planAppointmentUndo(of: plan, by: Self.officer)
            _ = try await desk.office.undoAppointments(
                undoing.number, because: "理由", by: Self.officer)
            await #expect(throws: Refusal.conflict(.certificateIsNotGiven)) {
                try await Self.draw(plan, desk)
            }
        }
    }

    @Test func aReissueIsJournalledForEach() async throws {
        try await withOffice { desk in
            let (_, plan) = try await Self.appointed(desk)
            let first = try await Self.draw(plan, desk)
            let again = try await Self.draw(plan, isReissue: true, desk)
            #expect(again.file != first.file && again.run.given == 3)
            #expect(try await Self.count("reissue_certificate", desk) == 3)
        }
    }

    @Test func whatIsNoPlanOfAppointmentsHasNone() async throws {
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
