internal import Postgres

/// What a page may know of a failure of the database.
public enum StoreTrouble {
    /// Whether the database could not be reached or did not answer: worth trying again soon.
    public static func isUnavailable(_ error: any Error) -> Bool {
        (error as? PostgresError)?.isUnavailable ?? false
    }

    /// Whether a commit was sent and nobody knows what became of it.
    public static func isOutcomeUnknown(_ error: any Error) -> Bool {
        error as? PostgresError == .unknownOutcome
    }
}
