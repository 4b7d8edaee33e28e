import Postgres

/// What a database is opened for, and so how long its statements may take. `ops/limits.md` says why.
enum DatabaseUse {
    /// A person waits before a page: what takes longer than this has no answer.
    case pages
    /// Jobs, letters and commands.
    case work

    /// The pool that writes and the one whose role can only read.
    func pools(_ connection: String) -> (writing: PoolSettings, reading: PoolSettings) {
        var writing = PoolSettings(connection: connection)
        if case .work = self {
            writing.statementTimeout = .seconds(60)
            writing.idleTransactionTimeout = .seconds(60)
            writing.commitDeadline = .seconds(60)
            writing.leaseDeadline = .seconds(60)
        }
        writing.transactionSetUp = ["SET TIME ZONE 'Asia/Tokyo'"]
        var reading = writing
        reading.readSetUp = [
            "SET TIME ZONE 'Asia/Tokyo'", "SET ROLE enroll_reader",
            "SET default_transaction_read_only = on",
        ]
        reading.transactionSetUp = reading.readSetUp
        return (writing, reading)
    }
}
