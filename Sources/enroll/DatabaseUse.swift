import Postgres
import Store

/// Who waited for a connection of which pool; of all offices of this process.
struct DatabaseWaits: Sendable {
    let writing = PoolWaits()
    let reading = PoolWaits()
}

/// What a database is opened for, and so how long its statements may take. `ops/limits.md` says
/// why.
enum DatabaseUse {
    /// A person waits before a page: what takes longer than this has no answer.
    case pages
    /// Jobs, letters and commands.
    case work
    /// What the owner of the database does (`migrate`, `load`): it reads as the owner, because what
    /// the reading role may do is still to be said, as after a dump was restored without rights.
    case setUp

    /// The pool that writes and the one whose role can only read.
    func pools(
        _ connection: String, _ waits: DatabaseWaits
    ) -> (writing: PoolSettings, reading: PoolSettings) {
        var writing = PoolSettings(connection: connection)
        writing.waits = waits.writing
        if self != .pages {
            writing.statementTimeout = .seconds(60)
            writing.idleTransactionTimeout = .seconds(60)
            writing.commitDeadline = .seconds(60)
            writing.leaseDeadline = .seconds(60)
        }
        writing.transactionSetUp =
            [
                "SET TIME ZONE 'Asia/Tokyo'", "SET application_name = 'enroll writing'",
            ] + writeSettings
        var reading = writing
        reading.waits = waits.reading
        reading.readSetUp =
            [
                "SET TIME ZONE 'Asia/Tokyo'", "SET application_name = 'enroll reading'",
                "SET default_transaction_read_only = on",
            ] + lookUpSettings
        if self != .setUp { reading.readSetUp.append("SET ROLE enroll_reader") }
        reading.transactionSetUp = reading.readSetUp
        return (writing, reading)
    }
}
