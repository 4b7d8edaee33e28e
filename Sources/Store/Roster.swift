public import Enrollment
internal import Postgres

/// 任命者名簿の1行, as codes; the columns stand in the order of `RosterColumn.allCases`.
public struct RosterEntry: Sendable {
    public let id: Int
    public let kind: Kind
    public let from: Day
    public let until: Day
    public let endReason: EndReason?
    private let row: Row

    /// How many columns stand before the first of the roster.
    private static let offset = 5

    init(_ row: Row) throws {
        self.row = row
        id = try row.int("entry_id")
        kind = try row.code("entry_kind")
        from = try row.day("entry_from")
        until = try row.day("entry_until")
        endReason = EndReason(rawValue: try row.string("entry_reason"))
    }

    /// What is kept under a column, by its place in `RosterColumn.allCases`; nil where nothing is.
    public func text(at place: Int) -> String? { row.optionalString(at: place + Self.offset) }

    /// The best evidence of each video that was watched, by the video's number.
    public var viewings: [Int: (viewedOn: Day, grade: EvidenceGrade)] {
        var found: [Int: (viewedOn: Day, grade: EvidenceGrade)] = [:]
        for part in (text(at: Self.viewingPlace) ?? "").split(separator: ",") {
            let halves = part.split(separator: ":").map(String.init)
            guard halves.count == 3, let slot = Int(halves[0]), let day = Day(halves[1]),
                let grade = EvidenceGrade(rawValue: halves[2])
            else { continue }
            found[slot] = (day, grade)
        }
        return found
    }

    private static let viewingPlace = RosterColumn.allCases.firstIndex(of: .viewedOn) ?? 0
}

extension ReadStore {
    /// Appointments of the basis's fiscal year that had begun, by number, after `last`.
    public func roster(
        on basis: TallyBasis, after last: Int, limit: Int
    ) async throws -> [RosterEntry] {
        try await longRows(
            """
            SELECT p.id AS entry_id, p.kind AS entry_kind, t.true_from AS entry_from,
                   t.true_until AS entry_until, t.end_reason AS entry_reason,
                   p.number, pe.member_number, p.fiscal_year, p.fiscal_year, p.kind, p.kind,
                   a.category, a.category, coalesce(w.family_name, a.family_name),
                   coalesce(w.given_name, a.given_name),
                   coalesce(w.family_name_kana, a.family_name_kana),
                   coalesce(w.given_name_kana, a.given_name_kana),
                   coalesce(w.family_name_0213, a.family_name_0213),
                   coalesce(w.given_name_0213, a.given_name_0213),
                   coalesce(w.postal_code, a.postal_code), pr.code, pr.name, m.code,
                   m.county || m.name, coalesce(w.ward, a.ward), coalesce(w.street, a.street),
                   coalesce(w.building, a.building), a.email, coalesce(w.phone, a.phone), o.code,
                   coalesce(nullif(y.name, ''), o.name), o.corporate_number, g.name,
                   coalesce(w.unit, a.unit), a.route, a.receipt, a.received_on, p.decided_on,
                   p.decision_number, t.true_from, t.true_until, NULL, NULL, NULL, p.standing,
                   v.seen, NULL, a.badge_opt_in, b.issued_on, b.token
            FROM appointments p
            JOIN appointment_terms t ON t.appointment_id = p.id
              AND t.known_from < \(basis.known) AND t.known_until >= \(basis.known)
              AND t.true_from <= \(basis.asOf)
            JOIN applications a ON a.id = p.application_id
            JOIN people pe ON pe.id = p.person_id
            LEFT JOIN (\(Self.versions(basis))) w ON w.application_id = a.id
            JOIN prefectures pr ON pr.code = coalesce(w.prefecture_code, a.prefecture_code)
            JOIN municipalities m ON m.code = coalesce(w.municipality_code, a.municipality_code)
            LEFT JOIN organizations o ON o.id = p.organization_id
            LEFT JOIN organization_years y
              ON y.organization_id = o.id AND y.fiscal_year = p.fiscal_year
            LEFT JOIN organization_groups g ON g.code = coalesce(y.group_code, o.group_code)
            LEFT JOIN badges b ON b.appointment_id = p.id AND b.known_from < \(basis.known)
            LEFT JOIN LATERAL (\(Self.seen(basis))) v ON true
            WHERE p.fiscal_year = \(basis.year) AND p.id > \(last)
            ORDER BY p.id LIMIT \(limit)
            """
        ).map { try RosterEntry($0) }
    }

    /// The best evidence that each video was watched: `1:2026-09-01:declared,2:…`.
    private static func seen(_ basis: TallyBasis) -> SQL {
        """
        SELECT string_agg(best.video_slot || ':' || best.viewed_on || ':' || best.grade, ','
                          ORDER BY best.video_slot) AS seen
        FROM (SELECT DISTINCT ON (v.video_slot) v.video_slot, v.viewed_on, v.grade
              FROM viewings v
              WHERE v.person_id = a.person_id AND v.fiscal_year = a.fiscal_year
                AND v.application_id = a.id
                AND v.known_from < \(basis.known) AND v.known_until >= \(basis.known)
              ORDER BY v.video_slot, array_position(
                  ARRAY['measured', 'transcript', 'attested', 'declared'], v.grade)) best
        """
    }
}
