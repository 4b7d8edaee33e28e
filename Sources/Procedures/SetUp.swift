public import Enrollment
public import Postgres
internal import Secrets
internal import Spreadsheet
public import Store

/// A migration file: `0001_reference.sql`.
public struct MigrationFile: Sendable {
    public let name: String
    public let text: String

    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    var number: Int { Int(name.prefix(4)) ?? 0 }
    var sha256: String { Digest.sha256Hex(text) }
}

/// Why migrations stop before anything is changed.
public enum MigrationFault: Error, Equatable, CustomStringConvertible {
    case gap(String)
    case edited(String)

    public var description: String {
        switch self {
        case .gap(let name): "\(name) does not follow the migration before it"
        case .edited(let name): "\(name) was changed after it had been applied"
        }
    }
}

extension Office {
    /// 準備. Brings the schema up to date; each file in its own transaction, in order. Returns the
    /// names of those applied now (or, with `planOnly`, of those that would be).
    public func migrate(_ files: [MigrationFile], planOnly: Bool = false) async throws -> [String] {
        let files = files.sorted { $0.name < $1.name }
        for (index, file) in files.enumerated() where file.number != index + 1 {
            throw MigrationFault.gap(file.name)
        }
        var applied: [String] = []
        for file in files {
            let isNew = try await write { writing in
                let done = try await writing.lockMigrations()
                if let earlier = done.first(where: { $0.number == file.number }) {
                    guard earlier.sha256 == file.sha256 else {
                        throw MigrationFault.edited(file.name)
                    }
                    return false
                }
                if planOnly { return true }
                try await writing.apply(
                    MigrationScript(file.text), number: file.number, name: file.name,
                    sha256: file.sha256, at: now)
                return true
            }
            if isNew { applied.append(file.name) }
        }
        return applied
    }

    /// Says once whether this is a demo, a rehearsal or the real thing. Throws when it is something
    /// else already.
    public func install(as kind: InstallationKind) async throws {
        try await write { try await $0.setInstallation(kind, at: now) }
        let found = try await reading.installation()
        guard found == kind else {
            throw Refusal.conflict("this database is for \(found?.rawValue ?? "nothing")")
        }
    }

    /// Opens the next fiscal year with this one's lists. Throws when there is nothing to copy.
    public func openFiscalYear(_ year: FiscalYear, by actor: String) async throws {
        try await write { writing in
            guard try await writing.openYear(year) else { throw Refusal.yearNotOpen(year.previous) }
            try await writing.record(
                [Event("open_year", on: "year:\(year.startYear)")], at: moment(actor))
        }
        forgetRules()
    }
}
