import Enrollment
import Postgres
import Store
import TestSupport

/// One page a person: all that is held about somebody.
extension StoreTable {
    func onePerson() async throws {
        chapter("One person")
        let application = applications[1] ?? 0
        let held = try await database.rows(
            "SELECT person_id AS id FROM applications WHERE id = \(application)")
        let id = try held[0].int("id")
        let receipt = try await read("applications(ofPerson:)", showing: { $0.map(\.receipt) }) {
            try await $0.applications(ofPerson: id)
        }.first?.receipt
        guard let receipt, let query = PersonQuery(receipt) else { throw Unfit() }
        try await read("personID(of:)") { try await $0.personID(of: query) }
        try await read("memberNumber(ofPerson:)") { try await $0.memberNumber(ofPerson: id) }
        try await read("affiliations(ofPerson:)") { try await $0.affiliations(ofPerson: id) }
        try await read("openDoubtCount(ofPerson:)") { try await $0.openDoubtCount(ofPerson: id) }
        try await read("hasDied(person:)") { try await $0.hasDied(person: id) }
        let appointed = try await database.rows("SELECT min(person_id) AS id FROM appointments")
        let other = try appointed[0].int("id")
        try await write("appointments(ofPerson:)") { try await $0.appointments(ofPerson: other) }
        let letters = try await write("letters(toPerson:limit:)") {
            try await $0.letters(toPerson: self.people[1] ?? 0, limit: 2)
        }
        try await write("holdLetter(_:toPerson:)", showing: { $0?.subject }) {
            try await $0.holdLetter(letters[0].id, toPerson: letters[0].personID)
        }
        _ = try await database.rows(
            """
            WITH e AS (
                INSERT INTO events (act, actor, subject, true_on, known_from, detail)
                VALUES ('correct', 'applicant', 'person:' || \(id)::bigint, '2026-11-24',
                        \(at(219).description)::timestamptz,
                        '{"fields": ["phone"], "application": 1}') RETURNING id)
            INSERT INTO event_details (event_id, salt, before, after, reason)
            SELECT id, '', '{"prefecture_code": "13", "phone": "1", "city": null}',
                   '{"prefecture_code": "14", "phone": "1", "city": "b"}', '改めた' FROM e
            """)
        try await write("journal(ofPerson:_:)", showing: { $0.map { ($0.act, $0.changes) } }) {
            try await $0.journal(ofPerson: id, JournalPage())
        }
        try await journalPages(id)
        try await notes(id)
    }

    private func journalPages(_ id: Int) async throws {
        var filter = JournalFilter()
        (filter.from, filter.until, filter.limit) = (day.adding(days: -1), day, 3)
        let ofDays = filter
        try await write("journal(_:)", showing: { $0.map(\.act) }) { try await $0.journal(ofDays) }
        (filter.act, filter.subjects) = (.correct, ["person:\(id)"])
        let ofOne = filter
        try await write("journal(_:)", showing: { $0.map(\.act) }) { try await $0.journal(ofOne) }
        var theirs = JournalFilter()
        (theirs.actors, theirs.limit) = (.accounts([1]), 3)
        let ofAccount = theirs
        try await write("journal(_:)", showing: { $0.map(\.act) }) {
            try await $0.journal(ofAccount)
        }
        theirs.actors = .operators
        let ofOperators = theirs
        try await write("journal(_:)", showing: { $0.map(\.act) }) {
            try await $0.journal(ofOperators)
        }
        try await write(
            "names(ofSubjects:)", showing: { $0.sorted { $0.key < $1.key }.map(\.value) }
        ) {
            try await $0.names(
                ofSubjects: [
                    "person:\(id)", "organization:demo-hospital", "account:1", "application:1",
                    "queue",
                ].map { JournalSubject($0) })
        }
        try await read("appointmentNumbers(ofPerson:)") {
            try await $0.appointmentNumbers(ofPerson: id)
        }
        let hospital = try await hospital
        try await write("accountIDs(ofOrganization:)") {
            try await $0.accountIDs(ofOrganization: hospital)
        }
    }

    private func notes(_ id: Int) async throws {
        try await write("holdPerson(_:)") { try await $0.holdPerson(id) }
        let note = try await write("write(_:at:)") {
            try await $0.write(
                NewNote(ofPerson: id, "電話で\n確かめた。", isShown: true), at: self.stamp(220))
        }
        try await read("notes(ofPerson:)") { try await $0.notes(ofPerson: id) }
        let application = applications[1] ?? 0
        try await read("shownNotes(ofApplication:)", showing: { $0.map(\.words) }) {
            try await $0.shownNotes(ofApplication: application)
        }
        for _ in 1...2 {
            try await write("strikeNote(_:ofPerson:at:)") {
                try await $0.strikeNote(note, ofPerson: id, at: self.stamp(221))
            }
        }
    }
}
