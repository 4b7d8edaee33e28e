import Enrollment
import JSON
import Mail
import Network
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 自分のデータの写し, and what an address alone brings.
@Suite struct OwnDataTests {
    private static func data(
        _ id: Int, _ desk: isolated OfficeDesk
    ) async throws -> JSONValue {
        try JSONValue(
            reading: try await desk.office.ownData(ofApplication: id, by: .applicant))
    }

    private static func count(_ data: JSONValue, _ name: String) -> Int {
        if case .array(let items)? = data[name] { items.count } else { -1 }
    }

    @Test func everythingThatIsHeldIsInItAndTheJournalSaysThatItWasFetched() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            try await desk.move(by: 60)
            let own = try #require(try await desk.office.ownAnswers(ofApplication: id))
            var typed = own.answers
            typed[.street] = "麹町2-1"
            _ = try await desk.office.correct(
                typed, ofApplication: id, seen: own.mark, by: .applicant)
            _ = try await desk.office.approve([id], by: .operator("office"))
            try await desk.appointAll()
            let data = try await Self.data(id, desk)
            for (name, number) in [
                ("applications", 1), ("states", 3), ("earlier_versions", 1), ("consents", 2),
                ("viewings", 2), ("appointments", 1), ("badges", 1), ("affiliations", 0),
                ("amendments", 0), ("correction_requests", 0), ("organizations_said", 0),
                ("letters", 3),
            ] { #expect(Self.count(data, name) == number, "\(name)") }
            let text = data.text
            for said in ["麹町2-1", "紀尾井町1-3", Invented.email(1), "公民館で教えています。"] {
                #expect(text.contains(said))
            }
            #expect(!text.contains("operator:office") && !text.contains("token_hash"))
            #expect(
                try await desk.texts(
                    "SELECT subject AS text FROM events WHERE act = 'download_own'")
                    == ["application:\(id)"])
        }
    }

    /// The last day as people are told it, and on no day what was wrong from the start.
    @Test func theDaysAreThoseThatPeopleAreTold() async throws {
        try await withOffice { desk in
            let id = try await desk.approved(1)
            try await desk.appointAll()
            func days() async throws -> [String] {
                guard case .array(let items)? = try await Self.data(id, desk)["appointments"]
                else { return [] }
                return items.map { item in
                    if case .string(let day)? = item["last_day"] { day } else { "never" }
                }
            }
            #expect(try await days() == ["2027-03-31"])
            try await desk.move(by: 86_400)
            try await desk.office.resign(application: id, by: .applicant)
            let today = desk.office.today.description
            #expect(try await days() == ["2027-03-31", today])
            let held = try #require(try await desk.office.reading.appointment(ofApplication: id))
            try await desk.move(by: 60)
            try await desk.office.cancel(
                appointmentOfApplication: id, seen: held.knownFrom, because: "誤り",
                by: .operator("office"))
            #expect(try await days() == ["2027-03-31", today, "never"])
        }
    }

    @Test func nothingOfAnybodyElseIsInIt() async throws {
        try await withOffice { desk in
            let id = try await desk.id(of: desk.apply(1))
            try await desk.apply(2) { $0[.email] = Invented.email(1) }
            let data = try await Self.data(id, desk)
            #expect(Self.count(data, "applications") == 1)
            #expect(Self.count(data, "letters") == 1)
            #expect(!data.text.contains(Invented.draft(2)[.givenName]))
        }
    }

    /// Somebody who is surely one person may have two mailboxes, one of which another reads.
    @Test func whatStandsUnderAnotherAddressIsNotInIt() async throws {
        try await withOffice { desk in
            let first = try await desk.id(of: desk.apply(1))
            let second = try await desk.id(of: desk.apply(1) { $0[.email] = "work@example.jp" })
            _ = try await desk.rows(
                """
                UPDATE applications SET person_id = (SELECT min(person_id) FROM applications)
                WHERE id = \(second)
                """)
            let data = try await Self.data(first, desk)
            #expect(Self.count(data, "applications") == 1)
            #expect(!data.text.contains("work@example.jp"))
        }
    }

    // MARK: 受付番号が分からないとき

    private static func letters(_ desk: isolated OfficeDesk) async throws -> [(String, String)] {
        try await desk.sendLetters().filter { $0.messageID.hasPrefix("receipts-") }
            .map { ($0.recipient, $0.body) }
    }

    @Test func anAddressAloneBringsALetterWithWhatExists() async throws {
        try await withOffice { desk in
            let receipt = try await desk.apply(1)
            try await desk.office.tellReceipts(to: "PERSON1@example.jp", from: .here)
            let letters = try await Self.letters(desk)
            #expect(letters.count == 1 && letters[0].1.contains(receipt))
            #expect(!letters[0].1.contains(Invented.draft(1)[.givenName]))
        }
    }

    @Test func anAddressOfNobodyIsToldThatThereIsNothing() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            try await desk.office.tellReceipts(to: "nobody@example.jp", from: .here)
            let letters = try await Self.letters(desk)
            #expect(letters.map(\.0) == ["nobody@example.jp"])
            #expect(letters[0].1.contains("見つかりませんでした"))
        }
    }

    @Test func nobodyIsFloodedAndNothingIsSaidOfIt() async throws {
        try await withOffice { desk in
            try await desk.apply(1)
            for _ in 1...40 {
                try await desk.office.tellReceipts(to: Invented.email(1), from: .here)
            }
            #expect(try await Self.letters(desk).count <= 22)
            try await desk.office.tellReceipts(to: "no address", from: .here)
        }
    }
}
