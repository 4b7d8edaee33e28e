/// How a pool connects and how long it waits. `ops/limits.md` says why each is what it is.
public struct PoolSettings: Sendable {
    /// libpq's connection string; several hosts and `target_session_attrs` are allowed.
    public var connection: String
    /// Connections that carry single reads, pipelined.
    public var readConnections = 4
    /// Connections that carry one transaction at a time.
    public var transactionConnections = 4
    /// Run on every new connection of each kind: role, time zone.
    public var readSetUp: [SQL] = []
    public var transactionSetUp: [SQL] = []
    /// What the server itself may take: for a statement, for a lock, and for the next statement of
    /// an open transaction.
    public var statementTimeout = Duration.milliseconds(2500)
    public var lockTimeout = Duration.seconds(1)
    public var idleTransactionTimeout = Duration.seconds(15)
    /// Our own deadlines, because a server that hangs does not keep its own time-outs: to connect
    /// (each host), to answer beyond what the server may take, and to commit.
    public var connectDeadline = Duration.seconds(2)
    public var grace = Duration.milliseconds(500)
    public var commitDeadline = Duration.seconds(5)
    /// How long a caller waits for a connection, and how many may wait.
    public var leaseDeadline = Duration.milliseconds(2500)
    public var mostWaiting = 200
    /// Counts who waited.
    public var waits = PoolWaits()

    public init(connection: String) { self.connection = connection }

    /// When a call is given up that the server may work at for `timeout`.
    func deadline(for timeout: Duration? = nil) -> Duration {
        (timeout ?? statementTimeout) + grace
    }

    /// The server's side of these settings. It looks now and then whether we still hold the line,
    /// so that what we have given up is not worked at for nobody.
    var limits: SQL {
        """
        SELECT set_config('statement_timeout', \(statementTimeout.inMilliseconds), false),
               set_config('lock_timeout', \(lockTimeout.inMilliseconds), false),
               set_config('idle_in_transaction_session_timeout',
                          \(idleTransactionTimeout.inMilliseconds), false),
               set_config('client_connection_check_interval', '500', false)
        """
    }
}

extension Duration {
    /// As PostgreSQL's settings are written; at least 1, because 0 is no limit.
    var inMilliseconds: String {
        let (seconds, attoseconds) = components
        return String(max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000))
    }
}
