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
    case readOnly
    /// The connection is gone or could not be made; nothing was committed by this call.
    case lost
    /// The connection went after COMMIT was sent: only the once-key can tell what happened.
    case unknownOutcome
    /// No connection became free in time.
    case busy
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
        case .readOnly: "the transaction is read only"
        case .lost: "connection lost"
        case .unknownOutcome: "connection lost while committing"
        case .busy: "no free connection"
        case .nulInText: "NUL in text"
        }
    }

    /// Whether the database could not be reached or did not answer, as opposed to having refused.
    public var isUnavailable: Bool {
        switch self {
        case .lost, .unknownOutcome, .busy, .readOnly: true
        default: false
        }
    }

    init(result: OpaquePointer?) {
        func field(_ code: Int) -> String {
            PQresultErrorField(result, Int32(code)).map { String(cString: $0) } ?? ""
        }
        // PG_DIAG_SQLSTATE, PG_DIAG_MESSAGE_PRIMARY, PG_DIAG_CONSTRAINT_NAME: macros of characters.
        let (state, message) = (field(0x43), field(0x4D))
        switch state {
        case _ where state.hasPrefix("23"):
            self = .constraint(name: field(0x6E), sqlState: state)
        case "40001", "40P01": self = .serialization
        case "55P03": self = .lockTimeout
        case "57014": self = .statementTimeout
        case "25006": self = .readOnly
        case "57P01", "57P02", "57P03", "08006", "08003", "": self = .lost
        default: self = .server(sqlState: state, message: PostgresError.safe(message, state))
        }
    }

    /// Class 22 (bad data) quotes the value in its primary message.
    private static func safe(_ message: String, _ state: String) -> String {
        state.hasPrefix("22") ? "invalid data" : message
    }
}
