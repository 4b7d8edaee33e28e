public import Enrollment
public import Store

/// 人のページ. Everything that the office holds about somebody, of all years.
public struct PersonFile: Sendable {
    public let id: Int
    /// 委員番号; empty before the first appointment.
    public let memberNumber: String
    /// The newest first; there is one at least.
    public let applications: [ApplicationRecord]
    public let appointments: [PersonAppointment]
    public let affiliations: [AffiliationVersion]
    /// Of the newest application.
    public let viewings: [ViewingRecord]
    public let letters: [PersonLetter]
    public let notes: [NoteRecord]
    public let journal: [JournalEntry]
    public let journalPage: JournalPage
    public let openDoubtCount: Int
    /// Nothing is sent to them any more.
    public let hasDied: Bool

    /// The newest of their applications, from which name and address are read.
    public var newest: ApplicationRecord { applications[0] }

    /// Where a letter to them goes today; empty where nowhere.
    public var email: String { applications.first { !$0.email.isEmpty }?.email ?? "" }

    /// Where a letter would go that went to `recipient` once: there, as long as it is theirs.
    public func address(instead recipient: String) -> String {
        let known = applications.map(\.email).first { $0.lowercased() == recipient.lowercased() }
        return known ?? email
    }
}

extension Office {
    /// How many letters of a person are shown.
    public static let lettersShown = 50

    /// The person of a receipt number, 任命番号 or 委員番号, as they are typed; of whoever was merged,
    /// the one who stays. Throws `Refusal.notFound`.
    public func personID(numbered typed: String) async throws -> Int {
        guard let query = PersonQuery(typed) else { throw Refusal.notFound }
        if let id = try await reading.personID(of: query) { return id }
        guard let member = MemberNumber(typed),
            let id = try await reading.personID(memberNumber: member.description)
        else { throw Refusal.notFound }
        return id
    }

    /// Shows a person, once it is kept that it was shown: all of it in one transaction of the
    /// program's, because pages read neither the journal's words nor those of letters. Throws
    /// `Refusal.notFound`.
    public func openPerson(
        _ number: String, journal page: JournalPage = JournalPage(), by actor: Actor
    ) async throws -> PersonFile {
        let id = try await personID(numbered: number)
        let shown = try await reading.applications(ofPerson: id).map(\.id)
        try await witness(.openPerson, on: "person:\(id)", by: actor, applications: shown)
        return try await write { try await person(id, page, $0) }
    }

    func person(
        _ id: Int, _ page: JournalPage, _ writing: WriteTransaction
    ) async throws -> PersonFile {
        let reading = writing.reading
        let applications = try await reading.applications(ofPerson: id)
        guard let newest = applications.first else { throw Refusal.notFound }
        return PersonFile(
            id: id, memberNumber: try await reading.memberNumber(ofPerson: id) ?? "",
            applications: applications,
            appointments: try await writing.appointments(ofPerson: id),
            affiliations: try await reading.affiliations(ofPerson: id),
            viewings: try await reading.viewings(of: newest.id),
            letters: try await writing.letters(toPerson: id, limit: Self.lettersShown),
            notes: try await reading.notes(ofPerson: id),
            journal: try await writing.journal(ofPerson: id, page), journalPage: page,
            openDoubtCount: try await reading.openDoubtCount(ofPerson: id),
            hasDied: try await reading.hasDied(person: id))
    }
}
