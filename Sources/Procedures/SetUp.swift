public import Enrollment
internal import Postgres
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
    /// Whether its head says that it takes long and why nobody waits for it (`-- Long:`).
    var isLong: Bool { text.contains("\n-- Long:") }
}

/// Why migrations stop before anything is changed.
public enum MigrationFault: Error, Equatable, CustomStringConvertible {
    case gap(String)
    /// The database has had a migration that this version does not have, or not as it stands here.
    case foreign(String)
    /// The tables could not be had in time; nothing of this file was done.
    case blocked(String, holders: [String])
    /// Another `migrate` was at work all the time.
    case locked

    public var description: String {
        switch self {
        case .gap(let name): "\(name) does not follow the migration before it"
        case .foreign(let name):
            "this database was made by another version of the program, whose \(name) is not "
                + "the one here; what it holds cannot be brought over. Nothing was changed: run "
                + "that version, or start with an empty database (ops/run --data DIR)"
        case .blocked(let name, let holders):
            "\(name) gave up, so that nobody waits behind it; nothing of it was done. "
                + (holders.isEmpty
                    ? "Nobody holds its tables now: run it again."
                    : "Its tables are held by \(holders.joined(separator: "; ")): wait until that "
                        + "is over or end it with pg_terminate_backend, and run it again.")
        case .locked: "another `enroll migrate` is at work: run it again when that is done"
        }
    }
}

extension Office {
    /// Says once whether this is a demo, a rehearsal or the real thing. Throws when it is something
    /// else already.
    public func install(as kind: InstallationKind) async throws {
        try await write { try await $0.setInstallation(kind, at: now) }
        let found = try await reading.installation()
        guard found == kind else {
            throw Refusal.conflict(.databaseIsFor(found))
        }
    }

    /// Opens the next fiscal year with this one's lists. Throws when there is nothing to copy.
    public func openFiscalYear(_ year: FiscalYear, by actor: Actor) async throws {
        try await write { writing in
            guard try await writing.openYear(year, at: now) else {
                throw Refusal.yearNotOpen(year.previous)
            }
            record(
                [Event(.openYear, on: "year:\(year.startYear)")], in: writing, at: moment(actor))
        }
        forgetRules()
    }
}
