public import Enrollment
internal import Postgres

extension ReadStore {
    /// The applications that fit, of every year (of an organization those of the year alone), in
    /// the order of what they were found by; a page after the last one seen. By the first way that
    /// finds anybody, or by the one that is named.
    public func find(
        _ query: PersonQuery, hinted hints: PersonHints, by only: FoundBy? = nil,
        after last: Int = 0, limit: Int
    ) async throws -> (by: FoundBy, found: [ApplicationRecord]) {
        let ways = query.ways(hinted: hints).filter { only == nil || $0 == only }
        for way in ways {
            let page = try await found(by: way, query, hints, after: last, limit: limit)
            if !page.isEmpty { return (way, page) }
            if last > 0,
                try await !found(by: way, query, hints, after: 0, limit: 1).isEmpty
            {
                return (way, [])
            }
        }
        return (ways.first ?? .name, [])
    }

    private func found(
        by way: FoundBy, _ query: PersonQuery, _ hints: PersonHints, after last: Int, limit: Int
    ) async throws -> [ApplicationRecord] {
        if way == .organization { return try await members(hints, after: last, limit: limit) }
        let (key, fits) = Self.question(way, query, hints)
        return try await found(fits, by: key, after: last, limit: limit)
    }

    /// In which order, and who.
    private static func question(
        _ way: FoundBy, _ query: PersonQuery, _ hints: PersonHints
    ) -> (key: SQL, fits: SQL) {
        switch (way, query) {
        case (.given, .kana(let typed, _)):
            (givenKana, "a.given_name_kana <> '' AND \(begins(givenKana, typed))")
        case (.given, .name(let typed)):
            (given, "a.given_name <> '' AND \(begins(given, typed))")
        case (.kana, .kana(let typed, _)): (kana, begins(kana, typed))
        case (.workplace, .name(let typed)), (.workplace, .kana(_, let typed)):
            (workplace, "a.workplace_key <> '' AND \(begins(workplace, typed))")
        case (.name, .name(let typed)), (.name, .kana(_, let typed)): (name, begins(name, typed))
        case (.mailPart, _): (mail, begins(mail, hints.mail))
        case (.mailDomain, _): (domain, "a.email <> '' AND \(begins(domain, hints.domain))")
        case (.address, _): address(hints)
        case (.mail, _): (mail, fits(query))
        case (.phone, .postalCode(let digits)): (phone, fits(.phone(digits)))
        case (.phone, _): (phone, fits(query))
        case (.postalCode, _): (postalCode, fits(query))
        default: ("a.id", fits(query))
        }
    }

    /// Of a municipality all streets, where none is named.
    private static func address(_ hints: PersonHints) -> (key: SQL, fits: SQL) {
        var fits: SQL = "a.street <> ''"
        if !hints.street.isEmpty { fits = "\(fits) AND \(begins(street, hints.street))" }
        guard !hints.municipalityCodes.isEmpty else { return (street, fits) }
        return (
            "a.municipality_code, \(street)",
            "\(fits) AND a.municipality_code = ANY(\(hints.municipalityCodes)::text[])"
        )
    }

    /// Whom a query means, told of an application `a`; kana may be either of a name and a kana.
    static func fits(_ query: PersonQuery) -> SQL {
        switch query {
        case .receipt(let receipt): "a.receipt = \(receipt.description)"
        case .appointment(let number):
            """
            a.id = (SELECT application_id FROM appointments WHERE number = \(number.description))
            """
        case .member(let number):
            """
            a.person_id = (SELECT survivor_of(id) FROM people
                           WHERE member_number = \(number.description))
            """
        case .mail(let address): "\(mail) = \(address)"
        case .phone(let digits): "a.phone <> '' AND \(begins(phone, digits))"
        case .postalCode(let digits): "a.street <> '' AND \(begins(postalCode, digits))"
        case .name(let typed): begins(name, typed)
        case .kana(let typed, let typedName):
            "(\(begins(kana, typed)) OR \(begins(name, typedName)))"
        }
    }

    /// U+10FFFF stands behind everything that begins so, where texts are compared by their bytes.
    private static func begins(_ key: SQL, _ prefix: String) -> SQL {
        "\(key) >= \(prefix) AND \(key) < \(prefix + "\u{10FFFF}")"
    }

    private func found(
        _ fits: SQL, by key: SQL, after last: Int, limit: Int
    ) async throws -> [ApplicationRecord] {
        var next: SQL = "true"
        if last > 0 {
            next = "(\(key), a.id) > (SELECT \(key), a.id FROM applications a WHERE a.id = \(last))"
        }
        return try await rows(
            """
            SELECT \(ApplicationRecord.columns) FROM \(ApplicationRecord.tables)
            WHERE \(fits) AND \(next) ORDER BY \(key), a.id LIMIT \(limit)
            """
        ).map { try ApplicationRecord($0) }
    }

    /// The people of some organizations in a year, by kana.
    private func members(
        _ hints: PersonHints, after last: Int, limit: Int
    ) async throws -> [ApplicationRecord] {
        var next: SQL = "true"
        if last > 0 {
            next = """
                (f.sort_key, f.application_id) > (
                    SELECT g.sort_key, g.application_id FROM affiliations g
                    WHERE g.person_id = (SELECT person_id FROM applications WHERE id = \(last))
                      AND g.application_id = \(last) AND g.known_until = 'infinity'
                      AND g.organization_id = ANY(\(hints.organizationIDs)::bigint[])
                    ORDER BY g.sort_key DESC LIMIT 1)
                """
        }
        return try await rows(
            """
            SELECT \(ApplicationRecord.columns) FROM (
                SELECT DISTINCT m.sort_key, m.application_id
                FROM unnest(\(hints.organizationIDs)::bigint[]) AS o(id)
                CROSS JOIN LATERAL (
                    SELECT f.sort_key, f.application_id FROM affiliations f
                    WHERE f.organization_id = o.id AND f.fiscal_year = \(hints.year)
                      AND f.known_until = 'infinity' AND \(next)
                    ORDER BY f.sort_key, f.id LIMIT \(limit)) m
                ORDER BY m.sort_key, m.application_id LIMIT \(limit)) next
            CROSS JOIN \(ApplicationRecord.tables(of: "next.application_id"))
            ORDER BY next.sort_key, next.application_id
            """
        ).map { try ApplicationRecord($0) }
    }

    private static let workplace: SQL = "a.workplace_key COLLATE \"C\""
    private static let name: SQL = "a.match_key COLLATE \"C\""
    private static let kana: SQL = "split_part(a.loose_key, '|', -1) COLLATE \"C\""
    private static let given: SQL =
        "tail_of(split_part(a.match_key, '|', 1), a.given_name) COLLATE \"C\""
    private static let givenKana: SQL =
        "tail_of(split_part(a.loose_key, '|', -1), a.given_name_kana) COLLATE \"C\""
    private static let mail: SQL = "lower(a.email) COLLATE \"C\""
    private static let domain: SQL = "split_part(lower(a.email), '@', 2) COLLATE \"C\""
    private static let phone: SQL = "a.phone COLLATE \"C\""
    private static let postalCode: SQL = "a.postal_code COLLATE \"C\""
    private static let street: SQL = "street_key(a.street) COLLATE \"C\""
}
