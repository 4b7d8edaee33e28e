internal import Postgres

extension WriteTransaction {
    /// Lets the database look at how the large tables have grown. It does so by itself a minute
    /// later, and not at all soon after a crash; until then it would plan for empty tables. Only
    /// their owner may, so a function of the owner's does it; one of a few rows it leaves, because
    /// every index would seem as cheap.
    public func lookAtTables() async throws {
        try await executeLong("SELECT look_at_tables()")
    }
}
