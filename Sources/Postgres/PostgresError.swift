internal import CLibpq

/// What the database answered, without any value of a row: its DETAIL is never kept, because it may
/// quote somebody's data.
public enum PostgresError: Error, Equatable, CustomStringConvertible {
    /// A promise of the tables was broken; `name` is the constraint's (SQLSTATE class 23).
    case constraint(name: String, sqlState: String)
    /// Two transactions could not be put in an order (40001, 40P01): may be tried again whole.
    case serialization
    case lockTimeout
    case statementTimeout
    /// The server takes no writing: it is a standby now, or the transaction only reads (25006).
    case readOnly
    /// The connection went; nothing was committed by this call.
    case lost
    /// No server took a connection, with what libpq says about it.
    case unreachable(String)
    /// The server did not answer in time; nothing was committed by this call.
    case deadline
    /// The connection went after COMMIT was sent: only the once-key can tell what happened.
    case unknownOutcome
    /// A statement inside had failed, so that the server undid everything at COMMIT.
    case rolledBack
    /// No connection became free in time.
    case busy
    /// Disk, memory or connections of the server are used up (SQLSTATE classes 53 and 58).
    case exhausted(sqlState: String)
    /// A statement has to be prepared anew, because the tables have changed or the server has
    /// forgotten it (0A000, 26000): may be tried again whole.
    case planChanged
    /// A parameter holds NUL, which PostgreSQL's text cannot.
    case nulInText
    case server(sqlState: String, message: String)

    public var description: String {
        switch self {
        case .constraint(let name, let state): "constraint \(name) (\(state))"
        case .server(let state, let message): "\(state) \(message)"
        case .serialization: "serialization failure"
        case .lockTimeout: "lock timeout"
        case .statementTimeout: "statement timeout"
        case .readOnly: "the database or the transaction is read only"
        case .lost: "connection lost"
        case .unreachable(let reason): "no connection: \(reason)"
        case .deadline: "no answer in time"
        case .unknownOutcome: "connection lost while committing"
        case .rolledBack: "a statement of the transaction had failed"
        case .busy: "no free connection"
        case .exhausted(let state): "the database has run out of something (\(state))"
        case .planChanged: "a prepared statement has to be made anew"
        case .nulInText: "NUL in text"
        }
    }

    /// Whether the same call may succeed a little later, as opposed to having been refused.
    public var isUnavailable: Bool {
        switch self {
        case .lost, .unreachable, .deadline, .unknownOutcome, .busy, .readOnly, .exhausted,
            .lockTimeout, .statementTimeout, .serialization, .planChanged:
            true
        case .constraint, .rolledBack, .nulInText, .server: false
        }
    }

    /// Whether nothing was committed and the whole transaction may be run again at once.
    public var mayBeTriedAgain: Bool {
        switch self {
        case .serialization, .planChanged, .lost, .readOnly: true
        default: false
        }
    }

    init(result: OpaquePointer?) {
        func field(_ code: Int) -> String {
            PQresultErrorField(result, Int32(code)).map { String(cString: $0) } ?? ""
        }
        // PG_DIAG_SQLSTATE, PG_DIAG_MESSAGE_PRIMARY, PG_DIAG_CONSTRAINT_NAME and
        // PG_DIAG_SOURCE_FUNCTION: macros of characters.
        let (state, message) = (field(0x43), field(0x4D))
        switch state {
        case "0A000" where field(0x52) == "RevalidateCachedQuery": self = .planChanged
        case _ where state.hasPrefix("23"):
            self = .constraint(name: field(0x6E), sqlState: state)
        default: self = Self.known(state) ?? .server(sqlState: state, message: safe(message, state))
        }
    }

    private static func known(_ state: String) -> PostgresError? {
        switch state {
        case "40001", "40P01": .serialization
        case "26000": .planChanged
        case "55P03": .lockTimeout
        case "57014": .statementTimeout
        case "25006": .readOnly
        // Shut down, crashed, starting up, dropped, idle for too long; class 08: connection.
        case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "": .lost
        case _ where state.hasPrefix("08"): .lost
        case _ where state.hasPrefix("53") || state.hasPrefix("58"): .exhausted(sqlState: state)
        default: nil
        }
    }
}

/// Class 22 (bad data) quotes the value in its primary message.
private func safe(_ message: String, _ state: String) -> String {
    state.hasPrefix("22") ? "invalid data" : message
}
