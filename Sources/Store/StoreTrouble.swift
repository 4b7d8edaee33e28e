internal import Postgres

/// Somebody else was first, in this moment: a promise of the tables says so.
public enum StoreConflict: Error, Equatable {
    /// An application of the same person was submitted.
    case appliedMeanwhile
    /// The same person was appointed.
    case appointedMeanwhile

    /// A broken promise by its meaning, where the statement has one; any other error as it is.
    static func naming(_ error: any Error, _ meaning: Self) -> any Error {
        guard case .constraint(let name, let state) = error as? PostgresError else { return error }
        let isItsOwn =
            switch meaning {
            case .appliedMeanwhile: state == "23505"
            case .appointedMeanwhile: name == "appointment_terms_one_active_per_person"
            }
        return isItsOwn ? meaning : error
    }
}

/// What others may know of a failure of the database, whose errors are named nowhere else.
public enum StoreTrouble {
    /// Whether another transaction or a restart of the server undid it, so that it may be tried
    /// anew.
    public static func mayBeTriedAgain(_ error: any Error) -> Bool {
        (error as? PostgresError)?.mayBeTriedAgain ?? false
    }

    /// Whether somebody else held what was wanted for too long.
    public static func isLocked(_ error: any Error) -> Bool {
        error as? PostgresError == .lockTimeout
    }

    /// Whether the server did not answer in the time that it was given.
    public static func isOutOfTime(_ error: any Error) -> Bool {
        error as? PostgresError == .deadline
    }

    /// Whether nothing is set up yet: no tables, no roles.
    public static func isWithoutTables(_ error: any Error) -> Bool {
        guard case .server(let state, _) = error as? PostgresError else { return false }
        return ["42P01", "22023", "42704"].contains(state)
    }

    /// Whether the login may not do it (`insufficient_privilege`).
    public static func isForbidden(_ error: any Error) -> Bool {
        guard case .server(let state, _) = error as? PostgresError else { return false }
        return state == "42501"
    }

    /// Whether the database could not be reached or did not answer: worth trying again soon.
    public static func isUnavailable(_ error: any Error) -> Bool {
        (error as? PostgresError)?.isUnavailable ?? false
    }

    /// Whether a commit was sent and nobody knows what became of it.
    public static func isOutcomeUnknown(_ error: any Error) -> Bool {
        error as? PostgresError == .unknownOutcome
    }
}
