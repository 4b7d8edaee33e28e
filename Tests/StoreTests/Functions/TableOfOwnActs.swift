import Enrollment
import Postgres
import Store
import TestSupport

/// What the owner of an application does on their own page.
extension StoreTable {
    func ownActs() async throws {
        chapter("Corrections of one's own")
        let id = applications[6] ?? 0
        let record = try await write("hold(application:)", showing: { $0?.receipt }) {
            try await $0.hold(application: id)
        }
        guard let record else { throw Unfit() }
        try await write("confirmMail(ofApplication:_:at:)") {
            try await $0.confirmMail(ofApplication: id, record.email.uppercased(), at: self.at(200))
        }
        try await correctAtOnce(record)
        try await askTheOffice(id)
        try await moveMail(id)
        try await endAndResume()
    }

    private func endAndResume() async throws {
        let applicants = Array(applications.values)
        let found = try await database.rows(
            """
            SELECT a.application_id, a.person_id, t.true_from FROM appointments a
            JOIN appointment_terms t ON t.appointment_id = a.id
            WHERE t.known_until = 'infinity' AND t.end_reason = ''
              AND a.application_id = ANY(\(applicants)::bigint[]) ORDER BY a.id LIMIT 1
            """)
        guard let row = found.first else { throw Unfit() }
        let (id, person) = (try row.int("application_id"), try row.int("person_id"))
        guard let first = Day(try row.string("true_from")) else { throw Unfit() }
        _ = try await database.transaction {
            try await WriteTransaction($0).endTerm(
                ofApplication: id, on: first, reason: .deceased, at: self.stamp(210))
        }
        let taken = try await write("takenTerm(ofApplication:)") {
            try await $0.takenTerm(ofApplication: id)
        }
        guard let taken else { throw Unfit() }
        try await write("isHeldElsewhere(_:)") { try await $0.isHeldElsewhere(taken) }
        try await write("resume(_:at:)") { try await $0.resume(taken, at: self.at(211)) }
        try await write("cancelTerm(ofApplication:seen:at:)") {
            try await $0.cancelTerm(
                ofApplication: id, seen: self.at(211), at: self.stamp(212))
        }
        _ = try await database.transaction {
            let writing = WriteTransaction($0)
            if let cancelled = try await writing.takenTerm(ofApplication: id) {
                try await writing.resume(cancelled, at: self.at(213))
            }
        }
        try await write("holdBack(_:about:ofPerson:)") {
            try await $0.holdBack(.appointment, about: taken.number, ofPerson: person)
        }
        try await write("release(messageID:)") { try await $0.release(messageID: "none") }
        try await write("holdBackLetters(toPerson:)") {
            try await $0.holdBackLetters(toPerson: person)
        }
    }

    private func correctAtOnce(_ record: ApplicationRecord) async throws {
        let corrected = try submission(6) { $0["affiliation_unit"] = "外来" }
        try await write("isAnothers(_:than:)") {
            try await $0.isAnothers(corrected.application, than: record.id)
        }
        try await write("hasAnother(than:of:)") {
            try await $0.hasAnother(than: record, of: .caller)
        }
        try await write("correct(_:by:_:at:)", showing: { $0 != nil }) {
            try await $0.correct(
                record, by: corrected, { _ in true }, at: self.stamp(201, .applicant))
        }
        try await read("corrections(of:)") { try await $0.corrections(of: record.id) }
        try await read("correctionCount(of:)") { try await $0.correctionCount(of: record.id) }
    }

    private func askTheOffice(_ id: Int) async throws {
        var answers = ApplicationDraft()
        answers["street"] = "紀尾井町2-1"
        try await write("ask(_:of:at:)") { try await $0.ask(answers, of: id, at: self.at(202)) }
        try await read("openCorrections(limit:)", showing: { $0.map(\.request) }) {
            try await $0.openCorrections(limit: 10)
        }
        try await write("end(correctionOf:_:as:because:at:)") {
            try await $0.end(
                correctionOf: id, as: .refused, because: "番地が見つかりません。", at: self.at(203))
        }
        try await read("correctionRequest(of:)") { try await $0.correctionRequest(of: id) }
        try await read("correctionRequests(of:)") { try await $0.correctionRequests(of: id) }
    }

    private func moveMail(_ id: Int) async throws {
        guard case .address(let new) = EmailAddress.read("moved@example.jp") else { throw Unfit() }
        try await write("holdApplications(withMailOf:)") {
            try await $0.holdApplications(withMailOf: id)
        }
        try await write("isAnothers(_:for:)") { try await $0.isAnothers(new, for: [id]) }
        try await read("newestCodeAddress(_:subject:at:)") {
            try await $0.newestCodeAddress("mail", subject: "s", at: self.at(204))
        }
        try await write("move(_:to:at:)") { try await $0.move([id], to: new, at: self.at(204)) }
        try await write("closeStatus(of:butOf:)") {
            try await $0.closeStatus(of: [id], butOf: [1])
        }
        let badges = try await write("badges(ofApplications:)", showing: { $0.count }) {
            try await $0.badges(ofApplications: Array(self.applications.values))
        }
        try await write("bind(_:)") {
            try await $0.bind(
                badges.map { BoundBadge(token: $0, salt: "salt", identity: "sha256$1") })
        }
        try await read("applications(withMail:)", showing: { $0.map(\.receipt) }) {
            try await $0.applications(withMail: "Moved@example.jp")
        }
        try await write("ownData(ofApplication:)", showing: { $0.map(\.name) }) {
            try await $0.ownData(ofApplication: id)
        }
    }
}
