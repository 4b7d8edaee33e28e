public import Enrollment
internal import JSON
internal import Postgres

/// What an act changed of one thing: its name, what was there and what is. Nil where that is not
/// said.
public struct JournalChange: Sendable, Equatable {
    public let key: String
    public let before: String?
    public let after: String?
}

/// 記録. An act, as the journal of a person shows it.
public struct JournalEntry: Sendable {
    public let id: Int
    public let act: EventKind
    public let subject: String
    public let actor: ActorRecord
    public let at: Instant
    public let changes: [JournalChange]
    public let reason: String
    /// Whether what was before and after, and why, is past its lifetime.
    public let isForgotten: Bool
}

/// A page of a journal.
public struct JournalPage: Sendable {
    /// The last entry that was seen; nil for the newest ones.
    public var before: Int?
    /// Also who looked.
    public var showsWatching = false
    public var limit = 30

    public init() {}
}

extension WriteTransaction {
    /// What was done about a person, their applications and appointments, the newest first. Read by
    /// the program and not by pages: it says what was before and after.
    public func journal(ofPerson id: Int, _ page: JournalPage) async throws -> [JournalEntry] {
        let left = page.showsWatching ? [] : EventKind.watching.map(\.rawValue)
        let found = try await rows(
            """
            SELECT j.id, j.act, j.subject, j.known_from, j.detail, d.before, d.after, d.reason,
                   d.forgotten_at, \(ActorRecord.columns)
            FROM (
                SELECT 'person:' || \(id)::bigint AS subject
                UNION ALL
                SELECT unnest(ARRAY['application:' || a.id, 'receipt:' || a.receipt])
                FROM applications a WHERE a.person_id = \(id)
                UNION ALL
                SELECT 'appointment:' || p.number FROM appointments p WHERE p.person_id = \(id)) s
            CROSS JOIN LATERAL (
                SELECT e.* FROM events e
                WHERE e.subject = s.subject AND e.id < \(page.before ?? Int.max)
                  AND e.act <> ALL(\(left)::text[])
                ORDER BY e.id DESC LIMIT \(page.limit)) j
            LEFT JOIN event_details d ON d.event_id = j.id
            LEFT JOIN accounts u ON u.id = j.actor_account
            ORDER BY j.id DESC LIMIT \(page.limit)
            """)
        return try await entries(of: found)
    }

    /// What was read, with the names that codes have today.
    func entries(of found: [Row]) async throws -> [JournalEntry] {
        let names = try await namesOfCodes(in: found)
        return try found.compactMap { try Self.entry($0, names) }
    }

    private static func entry(_ row: Row, _ names: CodeNames) throws -> JournalEntry? {
        guard let act = EventKind(rawValue: try row.string("act")) else { return nil }
        let changes = try said(row).map { key, before, after in
            JournalChange(
                key: key, before: before.flatMap { names.text($0, of: key) },
                after: after.flatMap { names.text($0, of: key) })
        }
        return JournalEntry(
            id: try row.int("id"), act: act, subject: try row.string("subject"),
            actor: try ActorRecord(row), at: try row.instant("known_from"), changes: changes,
            reason: try row.optionalString("reason") ?? "",
            isForgotten: try row.optionalString("forgotten_at") != nil)
    }

    /// What detail and details say, each name once, in the order in which it is said.
    private static func said(_ row: Row) throws -> [(String, JSONValue?, JSONValue?)] {
        let detail = try row.object("detail")
        let (before, after) = (try row.object("before"), try row.object("after"))
        var said = pairs(detail?["before"], detail?["after"]) + pairs(before, after)
        for member in members(detail) where !["before", "after"].contains(member.name) {
            said.append((member.name, nil, member.value))
        }
        return said
    }

    private static func pairs(
        _ before: JSONValue?, _ after: JSONValue?
    ) -> [(String, JSONValue?, JSONValue?)] {
        if case .string = before ?? after ?? .null { return [("state", before, after)] }
        var names = members(before).map(\.name)
        names += members(after).map(\.name).filter { !names.contains($0) }
        return names.filter { before?[$0] != after?[$0] }.map { ($0, before?[$0], after?[$0]) }
    }

    private static func members(_ value: JSONValue?) -> [JSONMember] {
        if case .object(let members) = value { members } else { [] }
    }

    private func namesOfCodes(in found: [Row]) async throws -> CodeNames {
        var numbers: [String: Set<String>] = [:]
        for row in found {
            for (key, before, after) in try Self.said(row) {
                for value in [before, after].compactMap({ $0?.code }) {
                    numbers[key, default: []].insert(value)
                }
            }
        }
        var names = CodeNames()
        for (key, question) in CodeNames.questions {
            guard let codes = numbers[key], !codes.isEmpty else { continue }
            for row in try await rows(question(Array(codes))) {
                names.names[key, default: [:]][try row.string("code")] = try row.string("name")
            }
        }
        return names
    }
}

/// What the codes of a journal are called today.
private struct CodeNames {
    var names: [String: [String: String]] = [:]

    static let questions: [(String, @Sendable ([String]) -> SQL)] = [
        (
            "prefecture_code",
            { "SELECT code, name FROM prefectures WHERE code = ANY(\($0)::text[])" }
        ),
        (
            "municipality_code",
            { "SELECT code, name FROM municipalities WHERE code = ANY(\($0)::text[])" }
        ),
        (
            "organization_id",
            {
                """
                SELECT id::text AS code, name FROM organizations
                WHERE id = ANY(\($0)::text[]::bigint[])
                """
            }
        ),
        (
            "business_place_id",
            {
                """
                SELECT id::text AS code, name FROM business_places
                WHERE id = ANY(\($0)::text[]::bigint[])
                """
            }
        ),
    ]

    /// Nil for nothing.
    func text(_ value: JSONValue, of key: String) -> String? {
        if let code = value.code { return names[key]?[code] ?? code }
        switch value {
        case .bool(let isSo): return isSo ? "yes" : "no"
        case .array(let all):
            return all.compactMap { text($0, of: key) }.joined(separator: ", ")
        case .null: return nil
        default: return value.text
        }
    }
}

extension JSONValue {
    /// A text, or a whole number as one.
    fileprivate var code: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        default: nil
        }
    }
}

extension Row {
    fileprivate func object(_ column: String) throws -> JSONValue? {
        try optionalRead(column) { try? JSONValue(reading: $0.utf8) }
    }
}
