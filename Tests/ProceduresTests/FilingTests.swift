import Enrollment
import Mail
import Network
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

/// 応募の受付: one person, one kind, one year, one application.
@Suite struct SubmissionTests {
    @Test func aSecondPressGivesTheSameReceipt() async throws {
        try await withOffice { desk in
            let token = try await desk.confirmedDraft(Invented.draft(1))
            let receipts = [
                try await desk.office.submitApplication(of: token),
                try await desk.office.submitApplication(of: token),
            ]
            #expect(receipts[0] == receipts[1])
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 1)
            let letters = try await desk.sendLetters().map(\.messageID)
            #expect(letters.count { $0.hasPrefix("receipt-") } == 1)
        }
    }

    @Test func aCommitWhoseAnswerWasLostIsFoundByItsOnceKey() async throws {
        try await withOffice { desk in
            let token = try await desk.confirmedDraft(Invented.draft(1))
            let receipt = try await desk.office.submitApplication(of: token)
            // As if the draft's row were older than the application's.
            _ = try await desk.rows("UPDATE drafts SET receipt = NULL")
            let answers = Invented.draft(1)
            _ = try await desk.office.keepDraft(answers, of: token, from: .here)
            _ = try await desk.rows("UPDATE drafts SET confirmed_at = created_at")
            #expect(try await desk.office.submitApplication(of: token) == receipt)
            #expect(try await desk.count("SELECT count(*) AS n FROM applications") == 1)
            let letters = try await desk.sendLetters().map(\.messageID)
            #expect(!letters.contains { $0.hasPrefix("already_received") })
        }
    }

    @Test(arguments: [
        "\u{1F}", "\u{1E}", "a\u{1F}victim@example.jp\u{1F}\u{1F}", "", "\n", "\\x1f",
    ])
    func whateverIsTypedIntoOneQuestionStaysThere(text: String) async throws {
        try await withOffice { desk in
            let token = try await desk.confirmedDraft(Invented.draft(1))
            let kept = try #require(try await desk.office.reading.draft(tokenDigest: token.digest))
            #expect(kept.isConfirmed)
            let typed = Invented.draft(1) {
                $0["city"] = text
                $0["activity_note"] = text
            }
            _ = try await desk.office.keepDraft(typed, of: token, from: .here)
            let again = try #require(try await desk.office.reading.draft(tokenDigest: token.digest))
            #expect(again.isConfirmed)
            for answer in typed.answers {
                #expect(again.draft[answer.field] == answer.text, "\(answer.field.key)")
            }
        }
    }

    @Test func theSamePersonAppliesOnceAFiscalYear() async throws {
        try await withOffice { desk in
            let first = try await desk.apply(1)
            let second = try await desk.apply(1)
            #expect(first != second)
            let states = try await desk.texts(
                "SELECT state AS text FROM applications ORDER BY id")
            #expect(states == ["submitted", "merged"])
            let merged = try await desk.rows(
                "SELECT person_id, merged_into FROM applications ORDER BY id")
            let id = try await desk.id(of: first)
            #expect(try merged[1].int("merged_into") == id)
            #expect(try merged[0].int("person_id") == merged[1].int("person_id"))
            let letters = try await desk.sendLetters().map(\.messageID)
            #expect(letters.contains("already_received-\(second.lowercased())@enroll.example"))
        }
    }

    @Test func anotherNameAtTheSameAddressIsAnotherPerson() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            try await desk.apply(1) {
                $0["given_name"] = "別人"
                $0["given_name_kana"] = "ベツジン"
            }
            #expect(try await desk.count("SELECT count(*) AS n FROM people") == 2)
            #expect(
                try await desk.count(
                    "SELECT count(*) AS n FROM applications WHERE state = 'merged'")
                    == 0)
        }
    }

    @Test func bothKindsOfOnePersonLiveSideBySide() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            try await desk.apply(1) {
                $0["applicant_kind"] = "caller"
                $0["eligibility_category"] = "community_caller"
            }
            let found = try await desk.texts(
                "SELECT kind || ' ' || state AS text FROM applications ORDER BY id")
            #expect(found == ["promoter submitted", "caller submitted"])
            #expect(try await desk.count("SELECT count(*) AS n FROM people") == 1)
        }
    }

    @Test func aNameStaysAsItWasTyped() async throws {
        try await withOffice { desk in
            let receipt = try await desk.apply(2) { $0["family_name"] = "髙﨑𠮷" }
            let record = try #require(try await desk.office.reading.application(receipt: receipt))
            #expect(Array(record.texts[.familyName].unicodeScalars) == Array("髙﨑𠮷".unicodeScalars))
        }
    }

    @Test func anUnconfirmedDraftIsNotFiled() async throws {
        try await withOffice { desk in
            let token = Token(desk.office.random)
            _ = try await desk.office.keepDraft(Invented.draft(1), of: token, from: .here)
            await #expect(throws: Refusal.conflict(.mailIsNotConfirmed)) {
                try await desk.office.submitApplication(of: token)
            }
        }
    }

    @Test func anotherAddressMustBeConfirmedAnew() async throws {
        try await withOffice { desk in
            let token = try await desk.confirmedDraft(Invented.draft(1))
            let changed = Invented.draft(1) { $0["email"] = "other@example.jp" }
            let kept = try await desk.office.keepDraft(changed, of: token, from: .here)
            #expect(kept.state == .unconfirmed)
        }
    }

    @Test func whatWasTypedIsWipedFromTheDraftWhenItIsFiled() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            #expect(try await desk.texts("SELECT answers::text AS text FROM drafts") == ["{}"])
        }
    }
}
