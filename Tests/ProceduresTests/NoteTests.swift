import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// メモ: how long they are kept.
@Suite struct NoteTests {
    @Test func notesGoWithTheLastApplicationOfTheirPerson() async throws {
        try await withOffice { desk in
            _ = try await desk.apply(1)
            let person = try await desk.count("SELECT max(id) AS n FROM people")
            let note = NoteForm("電話で確かめた。", isShown: false, seen: 0)
            try await desk.office.write(note, aboutPerson: person, by: .operator("o"))
            try await desk.move(by: 400 * 86_400)
            try await desk.office.forgetExpired(by: .operator("o"))
            #expect(try await desk.texts("SELECT words AS text FROM notes") == [note.words])
            try await desk.move(by: 500 * 86_400)
            try await desk.office.forgetExpired(by: .operator("o"))
            #expect(
                try await desk.texts("SELECT words || is_forgotten::text AS text FROM notes")
                    == ["true"])
            await #expect(throws: Refusal.notFound) {
                try await desk.office.write(note, aboutPerson: person, by: .operator("o"))
            }
        }
    }
}
