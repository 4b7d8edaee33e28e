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
            let key = question.field.key
            #expect(columns.count == 1, "\(key)")
            let traits = try #require(columns.first).traits
            #expect(traits.isSuperset(of: [.carriedOver, .forgotten]), "\(key) is not forgotten")
            if question.traits.contains(.ofWork) {
                #expect(traits.contains(.recorded), "\(key) is not shown")
            }
            if question.traits.contains(.isParticular) {
                #expect(traits.contains(.correctable), "\(key) is not corrected")
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
            let told = nobodys.union(ApplicationColumn.all.map(\.label))
            let untold = ofApplications.symmetricDifference(told)
            #expect(untold.isEmpty, "only in the table or only in the program: \(untold)")
            let ofVersions = try await Self.columns("application_versions", desk)
            let ends: Set<String> = ["application_id", "known_from", "known_until"]
            let kept: [ApplicationColumn.Traits] = [.versioned, .broughtBack]
            let versioned = kept.flatMap(ApplicationColumn.having).map(\.label)
            let other = ofVersions.symmetricDifference(ends.union(versioned))
            #expect(other.isEmpty, "only in the table or only in the program: \(other)")
        }
    }

    /// A row of a file that says something else there must not pass for unchanged.
    @Test func everyPlainTextOfAFileMakesItsRowAnother() {
        let said: Set<ApplicationField> = [.unit, .building, .employeeNumber]
        for question in TextQuestion.having(.plain)
        where !question.spellings.isEmpty && question.field != .note {
            #expect(
                said.contains(question.field) || question.traits.contains(.isAdded),
                "a row that changes only \(question.field.key) is unchanged: it lacks .isAdded")
        }
    }

    @Test func everyTextThatIsForgottenStandsInThePromiseOfTheTable() async throws {
        try await withOffice { desk in
            let promise = try await desk.texts(
                """
                SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint
                WHERE conname = 'applications_forgotten_name_nobody'
                """)
            for column in ApplicationColumn.having(.forgotten) {
                #expect(
                    promise.first?.firstMatch(of: try Regex("\\b\(column.label)\\b")) != nil,
                    "\(column.label) is not in it")
            }
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
