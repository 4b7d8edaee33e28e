public import Enrollment
public import Store

/// What somebody wants to see of the journal, as typed.
public struct JournalQuery: Sendable {
    public var act: EventKind?
    /// The number of an account.
    public var account: Int?
    public var isByOperators = false
    /// The code of an organization: it, what it sent, and what its accounts did.
    public var organization = ""
    /// A receipt number, 任命番号, 委員番号, or the number of a plan, a file or an export.
    public var number = ""
    public var from: Day?
    public var until: Day?
    public var showsWatching = false
    public var before: Int?

    public init() {}
}

/// A page of the journal.
public struct JournalShown: Sendable {
    public let entries: [JournalEntry]
    /// By the subject as the journal writes it.
    public let names: [String: String]
    /// What 団体グループ are called, by code.
    public let groups: [String: String]
    /// Whether there may be older ones.
    public let mayGoOn: Bool
}

extension Office {
    public static let eventsShown = 50

    /// 記録: what was done, by whom, newest first, after it is kept that it was shown. Nothing is
    /// found where an organization or a number is not known.
    public func journal(_ query: JournalQuery, by actor: Actor) async throws -> JournalShown {
        let subjects = query.number.isEmpty ? nil : try await subjects(numbered: query.number)
        try await witness(.openJournal, on: "journal", by: actor)
        return try await write { writing in
            var filter = JournalFilter()
            filter.subjects = subjects
            (filter.act, filter.from, filter.until) = (query.act, query.from, query.until)
            filter.showsWatching = query.showsWatching
            filter.before = query.before
            filter.limit = Self.eventsShown
            filter.actors =
                query.account.map { .accounts([$0]) } ?? (query.isByOperators ? .operators : nil)
            let entries = try await found(query, filter, writing)
            let subjects = Set(entries.map { JournalSubject($0.subject) })
            let groups = try await writing.reading.organizationGroups()
            return JournalShown(
                entries: entries, names: try await writing.names(ofSubjects: Array(subjects)),
                groups: Dictionary(uniqueKeysWithValues: groups.map { ($0.code, $0.name) }),
                mayGoOn: entries.count == filter.limit)
        }
    }

    private func found(
        _ query: JournalQuery, _ filter: JournalFilter, _ writing: WriteTransaction
    ) async throws -> [JournalEntry] {
        guard !query.organization.isEmpty else { return try await writing.journal(filter) }
        guard let id = try await writing.organizationID(query.organization) else { return [] }
        let about = try await about(id, query.organization, filter, writing)
        let done = try await done(by: id, query, filter, writing)
        var all: [Int: JournalEntry] = [:]
        for entry in about + done { all[entry.id] = entry }
        return Array(all.values.sorted { $0.id > $1.id }.prefix(filter.limit))
    }

    /// What is about an organization and its files; nothing where a number is asked for, which is
    /// of something else.
    private func about(
        _ id: Int, _ code: String, _ filter: JournalFilter, _ writing: WriteTransaction
    ) async throws -> [JournalEntry] {
        guard filter.subjects == nil else { return [] }
        var filter = filter
        let files = try await writing.reading.groupFiles(of: OrganizationScope(id), limit: 500)
        filter.subjects =
            ["organization:\(code)", "organization:\(id)"]
            + files.map { "group_file:\($0.number)" }
        return try await writing.journal(filter)
    }

    /// What the accounts of an organization did.
    private func done(
        by id: Int, _ query: JournalQuery, _ filter: JournalFilter, _ writing: WriteTransaction
    ) async throws -> [JournalEntry] {
        if query.isByOperators { return [] }
        var filter = filter
        let accounts = try await writing.accountIDs(ofOrganization: id)
        filter.actors = .accounts(accounts.filter { query.account == nil || query.account == $0 })
        return try await writing.journal(filter)
    }

    /// Everything that is about somebody, or about what bears a number.
    private func subjects(numbered typed: String) async throws -> [String] {
        do {
            let id = try await personID(numbered: typed)
            let applications = try await reading.applications(ofPerson: id)
            let appointments = try await reading.appointmentNumbers(ofPerson: id)
            return ["person:\(id)"]
                + applications.flatMap { ["application:\($0.id)", "receipt:\($0.receipt)"] }
                + appointments.map { "appointment:\($0)" }
        } catch Refusal.notFound {
            // Such numbers have letters of both cases.
            return ["plan", "group_file", "export", "invitation"].map { "\($0):\(typed)" }
        }
    }
}
