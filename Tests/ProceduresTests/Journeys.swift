import Enrollment
import Network
import Postgres
import Procedures
import Secrets
import Store
import TestSupport

/// What a test does before what it is about.
extension OfficeDesk {
    /// A draft whose address is confirmed; gives the token of its browser.
    func confirmedDraft(_ draft: ApplicationDraft) async throws -> Token {
        let token = Token(office.random)
        let kept = try await office.keepDraft(draft, of: token, from: .here)
        guard case .accepted(let application, _) = kept.checked else { throw Unfit() }
        let asked = try await office.sendCode(for: kept, from: .here)
        let address = application.email
        let code = try await newestCode(to: address) ?? ""
        try await office.confirm(kept, code: code, asked: asked, from: .here)
        return token
    }

    /// Applies as a person does, and gives the receipt number.
    @discardableResult
    func apply(
        _ number: Int, _ change: (inout ApplicationDraft) -> Void = { _ in }
    ) async throws -> String {
        let token = try await confirmedDraft(Invented.draft(number, change))
        return try await office.submitApplication(of: token)
    }

    func id(of receipt: String) async throws -> Int {
        try await rows("SELECT id FROM applications WHERE receipt = \(receipt)")[0].int("id")
    }

    /// Applies, and is approved; gives the id of the application.
    func approved(_ number: Int) async throws -> Int {
        let id = try await id(of: apply(number))
        _ = try await office.approve([id], by: .operator("office"))
        return id
    }

    /// Everybody who waits is approved.
    func approveAll() async throws {
        for body in try await office.reading.waitingOrganizations(in: office.year) {
            _ = try await office.approveAll(
                of: body.organizationID, upTo: body.lastID, expecting: body.count,
                by: .operator("office"))
        }
    }

    /// Everybody approved is appointed under a decision of today.
    func appointAll() async throws {
        let plan = try await office.planAppointments(by: decision, by: .operator("office"))
        _ = try await office.applyAppointments(plan.number, by: .operator("office"))
    }

    var decision: Decision { Decision(decidedOn: office.today, number: "デ推第1号") }

    func upload(
        _ numbers: some Sequence<Int>, to body: String = "demo-hospital",
        at place: Invented.Place = .tokyo, seenOn seen: String = "2026/9/1", unit: String = "",
        _ change: (inout [String]) -> Void = { _ in }
    ) async throws -> PlannedGroup {
        try await plan(
            Invented.groupFile(numbers, at: place, seenOn: seen, unit: unit, change), of: body)
    }

    /// The plan of a file.
    func plan(_ bytes: [UInt8], of body: String = "demo-hospital") async throws -> PlannedGroup {
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        let file = GroupUpload(name: "名簿.csv", bytes: bytes, coordinator: coordinator)
        return try await office.planGroup(file, of: body, by: .operator("coordinator"))
    }

    /// Uploads and applies; gives how many rows changed anything.
    func enter(
        _ numbers: some Sequence<Int>, to body: String = "demo-hospital",
        at place: Invented.Place = .tokyo, seenOn seen: String = "2026/9/1", unit: String = "",
        _ change: (inout [String]) -> Void = { _ in }
    ) async throws -> Int {
        let planned = try await upload(
            numbers, to: body, at: place, seenOn: seen, unit: unit, change)
        let result = try await office.applyGroup(planned.number ?? "", by: .operator("coordinator"))
        guard case .applied(let count) = result else { throw Refusal.conflict(.planIsReplaced) }
        return count
    }

    /// All that people and organizations say now, without the times at which it came to be known.
    func said() async throws -> [String] {
        try await texts(
            """
            SELECT (to_jsonb(a) - 'state_changed_at')::text AS text FROM applications a
            WHERE state <> 'withdrawn'
            UNION ALL SELECT (to_jsonb(f) - 'id' - 'known_from')::text FROM affiliations f
            WHERE known_until = 'infinity'
            UNION ALL SELECT (to_jsonb(v) - 'id' - 'known_from')::text FROM viewings v
            JOIN applications a ON a.id = v.application_id
            WHERE v.known_until = 'infinity' AND a.state <> 'withdrawn'
            UNION ALL SELECT (to_jsonb(p) - 'id' - 'known_from')::text FROM proposals p
            WHERE known_until = 'infinity'
            ORDER BY 1
            """)
    }

    /// Everything that the tables hold, as a digest; without what counts attempts, which must stay.
    func everything() async throws -> String {
        try await texts(
            """
            SELECT md5(string_agg(query_to_xml(format(
                'SELECT count(*), md5(string_agg(t::text, '''' ORDER BY t::text)) FROM %I t',
                relname), true, true, '')::text, '' ORDER BY relname)) AS text
            FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
              AND relname NOT IN ('attempts', 'limit_counts', 'municipalities')
            """)[0]
    }

    /// From here on the journal refuses an act.
    func refuseEvent(_ act: String) async throws {
        _ = try await rows("SELECT set_config('test.refused', \(act), false)")
        _ = try await rows("ALTER TABLE events DROP CONSTRAINT IF EXISTS refused_by_test")
        _ = try await rows(
            """
            ALTER TABLE events ADD CONSTRAINT refused_by_test
            CHECK (act <> current_setting('test.refused')) NOT VALID
            """)
    }

    func refuseNoEvent() async throws {
        _ = try await rows("ALTER TABLE events DROP CONSTRAINT IF EXISTS refused_by_test")
    }
}

struct Unfit: Error {}

/// The same of the draft of a browser, read anew as every request reads it.
extension Office {
    private func kept(_ token: Token) async throws -> OpenDraft {
        guard let draft = try await draft(of: token) else { throw Refusal.notFound }
        return draft
    }

    func sendDraftCode(of token: Token, from client: Client) async throws -> Token {
        try await sendCode(for: kept(token), from: client)
    }

    func confirmDraft(
        of token: Token, code: String, asked: Token, from client: Client
    ) async throws {
        try await confirm(kept(token), code: code, asked: asked, from: client)
    }

    @discardableResult
    func submitApplication(of token: Token) async throws -> String {
        try await submitApplication(kept(token))
    }
}
