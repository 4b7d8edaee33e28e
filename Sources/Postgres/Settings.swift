/// How a pool connects and how long it waits.
public struct PoolSettings: Sendable {
    /// libpq's connection string; several hosts and `target_session_attrs` are allowed.
    public var connection: String
    /// Connections that carry single reads, pipelined.
    public var readConnections = 4
    /// Connections that carry one transaction at a time.
    public var transactionConnections = 4
    /// Run on every new connection of each kind: role, time-outs, time zone.
    public var readSetUp: [SQL] = []
    public var transactionSetUp: [SQL] = []
    /// Our own deadlines; a server that hangs is not caught by its own time-outs.
    public var connectDeadline = Duration.seconds(2)
    public var statementDeadline = Duration.seconds(5)
    public var leaseDeadline = Duration.seconds(5)

    public init(connection: String) { self.connection = connection }
}
