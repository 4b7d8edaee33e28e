public import Enrollment
internal import Postgres

/// By what somebody was found.
public enum FoundBy: String, Sendable {
    case receipt, appointment, member, mail, kana, name, workplace
}

extension ReadStore {
    /// The applications that fit, of every year, in the order of what they were found by; a page
    /// after the last one seen.
    public func find(
        _ query: PersonQuery, after last: Int = 0, limit: Int
    ) async throws -> (by: FoundBy, found: [ApplicationRecord]) {
        switch query {
        case .receipt(let receipt):
            let found = last > 0 ? nil : try await application(receipt: receipt.description)
            return (.receipt, found.map { [$0] } ?? [])
        case .appointment:
            let found = try await found(Self.fits(query), by: "a.id", after: last, limit: limit)
            return (.appointment, found)
        case .member:
            let found = try await found(Self.fits(query), by: "a.id", after: last, limit: limit)
            return (.member, found)
        case .mail(let mail):
            let fits: SQL = "\(Self.mail) = \(mail)"
            return (.mail, try await found(fits, by: Self.mail, after: last, limit: limit))
        case .name(let name):
            return try await first(of: Self.ways(name: name), after: last, limit: limit)
        case .kana(let kana, let name):
            let byKana = Way(by: .kana, key: Self.kana, fits: Self.begins(Self.kana, kana))
            return try await first(
                of: [byKana] + Self.ways(name: name), after: last, limit: limit)
        }
    }

    /// How a text may find somebody, and in which order.
    private struct Way {
        let by: FoundBy
        let key: SQL
        let fits: SQL
    }

    /// A name may be somebody's, or that of where they work.
    private static func ways(name: String) -> [Way] {
        let atWork: SQL = "a.workplace_key <> '' AND \(begins(workplace, name))"
        return [
            Way(by: .name, key: Self.name, fits: begins(Self.name, name)),
            Way(by: .workplace, key: workplace, fits: atWork),
        ]
    }

    /// A page of the first way that finds anybody at all.
    private func first(
        of ways: [Way], after last: Int, limit: Int
    ) async throws -> (by: FoundBy, found: [ApplicationRecord]) {
        for way in ways {
            let page = try await found(way.fits, by: way.key, after: last, limit: limit)
            if !page.isEmpty { return (way.by, page) }
            if last > 0, try await !found(way.fits, by: way.key, after: 0, limit: 1).isEmpty {
                return (way.by, [])
            }
        }
        return (.name, [])
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

    private static let workplace: SQL = "a.workplace_key COLLATE \"C\""
    private static let name: SQL = "a.match_key COLLATE \"C\""
    private static let kana: SQL = "split_part(a.loose_key, '|', -1) COLLATE \"C\""
    private static let mail: SQL = "lower(a.email) COLLATE \"C\""
}
