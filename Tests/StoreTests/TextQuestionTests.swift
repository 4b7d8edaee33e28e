import Postgres
import TestSupport
import Testing
import Words

@testable import Enrollment
@testable import Store

/// A question that a text answers is told once; what it needs elsewhere is there.
@Suite struct TextQuestionTests {
    @Test func everyTextIsAskedOnceAndCalledByTheFirstOfItsHeadings() {
        let fields = TextQuestion.all.map(\.field)
        #expect(Set(fields).count == fields.count)
        for question in TextQuestion.all {
            let heading = question.spellings.first ?? question.field.heading
            #expect(heading == question.field.heading && !question.field.label.isEmpty)
            #expect(!question.field.key.isEmpty)
        }
    }

    @Test func noHeadingAsksTwoQuestions() {
        for question in TextQuestion.all {
            for spelling in question.spellings {
                #expect(
                    HeadingWords.match(spelling)?.field == question.field,
                    "\(spelling) is not \(question.field.key)")
            }
        }
    }

    @Test func whatAnOrganizationIsAskedOfItsPeoplesWorkStandsInItsTemplate() {
        let fields = GroupTemplate.fields([])
        for question in TextQuestion.ofWorkInFiles { #expect(fields.contains(question.field)) }
    }

    /// 備考 is for the eyes of whoever looks at the file.
    @Test func everyPlainTextHasAColumnThatIsCarriedOverAndForgotten() throws {
        for question in TextQuestion.having(.plain) where question.field != .note {
            let columns = ApplicationColumn.all.filter { $0.field == question.field }
            #expect(columns.count == 1, "\(question.field.key)")
            let traits = try #require(columns.first).traits
            #expect(traits.isSuperset(of: [.carriedOver, .forgotten]))
            if question.traits.contains(.ofWork) { #expect(traits.contains(.recorded)) }
            if question.traits.contains(.isParticular) {
                #expect(traits.contains(.correctable))
            }
        }
    }

    @Test func everyColumnOfTheTablesIsToldOfOrIsNobodysAnswer() async throws {
        try await withOffice { desk in
            let ofApplications = try await Self.columns("applications", desk)
            let nobodys: Set<String> = [
                "id", "state_changed_at", "received_on", "received_at", "forgotten_at",
                "appointment_ended",
            ]
            #expect(ofApplications == nobodys.union(ApplicationColumn.all.map(\.label)))
            let ofVersions = try await Self.columns("application_versions", desk)
            let ends: Set<String> = ["application_id", "known_from", "known_until"]
            let versioned = ApplicationColumn.having(.versioned).map(\.label)
            #expect(ofVersions == ends.union(versioned))
        }
    }

    private static func columns(
        _ table: String, _ desk: isolated OfficeDesk
    ) async throws -> Set<String> {
        Set(
            try await desk.texts(
                """
                SELECT column_name AS text FROM information_schema.columns
                WHERE table_name = \(table) AND table_schema = 'public'
                """))
    }
}
