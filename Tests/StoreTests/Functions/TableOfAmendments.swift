import Enrollment
import Store
import TestSupport

extension StoreTable {
    /// An application is sent back, and it is said again.
    func amendments() async throws {
        chapter("Amendments")
        guard let id = applications[4] else { throw Unfit() }
        var questions = ApplicationDraft()
        questions[.street] = "番地まで入力してください。"
        let note = AmendmentNote(questions, dueOn: day.adding(days: 14))
        let number = try await write("ask(_:ofApplication:at:)") {
            try await $0.ask(note, ofApplication: id, at: self.stamp(20))
        }
        try await read("amendments(of:)") { try await $0.amendments(of: id) }
        try await read("waitingAmendments(upTo:notReminded:limit:)") {
            try await $0.waitingAmendments(limit: 5).map(\.amendment)
        }
        try await write("markReminded(amendment:at:)") {
            try await $0.markReminded(amendment: number, at: self.at(20))
        }
        try await write("end(amendment:as:at:)") {
            try await $0.end(amendment: number, as: .answered, at: self.at(20))
        }
        try await read("amended(among:)") { try await $0.amended(among: [id]).sorted() }
        try await read("amendmentRules(in:)") {
            try await $0.amendmentRules(in: self.year)
        }
        try await read("sender(ofApplication:of:)") {
            try await $0.sender(ofApplication: id).map { "\($0)" } ?? ""
        }
        try await write("isUnconfirmed(application:)") {
            try await $0.isUnconfirmed(application: id)
        }
    }

    /// Somebody says what they think of being listed.
    func listings() async throws {
        chapter("Listings")
        guard let id = applications[7], let hospital = rules.organization(code: "demo-hospital")
        else { throw Unfit() }
        let record = try await record(7)
        try await write("answer(_:toListingBy:of:at:)") {
            try await $0.answer(
                .objected, toListingBy: hospital.id, of: id, at: self.stamp(15))
        }
        try await read("listings(of:)") { try await $0.listings(of: record) }
        try await write("stayAfterAll(_:_:at:)") {
            try await $0.stayAfterAll(id, hospital.id, at: self.stamp(15))
        }
        try await write("setConsent(_:of:in:)") {
            try await $0.setConsent(
                ConsentTerms(.attested, askedOn: self.day, method: "書面"), of: hospital.id,
                in: self.year)
        }
        try await read("consentRules(in:)") { try await $0.consentRules(in: self.year) }
    }
}
