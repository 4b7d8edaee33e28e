import Enrollment
import Postgres
import Store

extension StoreTable {
    func schema() async throws {
        chapter("Schema")
        try await write("lockMigrations()", showing: { $0.first ?? $0 }) {
            try await $0.lockMigrations()
        }
        try await write("apply(_:as:within:at:)") {
            try await $0.apply(
                MigrationScript("CREATE TABLE store_table (n integer)"),
                as: AppliedMigration(number: 9_999, name: "9999_table.sql", sha256: "abc"),
                within: .seconds(5), at: self.start)
        }
        try await write("grant(_:)") {
            try await $0.grant(MigrationScript("GRANT SELECT ON store_table TO enroll_reader"))
        }
        // Other suites hold tables or do not.
        try await write("holdersOfTables()", showing: { _ in "of others, too" }) {
            try await $0.holdersOfTables()
        }
        try await write("setInstallation(_:at:)") {
            try await $0.setInstallation(.production, at: self.start)
        }
        try await read("installation()") { try await $0.installation() }
        try await read("isInUse()") { try await $0.isInUse() }
        try await read("appliedMigrations()", showing: { [$0.first, $0.last] }) {
            try await $0.appliedMigrations()
        }
        try await read("migrationCount()", showing: { $0 > 10 }) {
            try await $0.migrationCount()
        }
        try await read("loginRights()", showing: { [$0.isSuperuser, $0.isOwner] }) {
            try await $0.loginRights()
        }
        try await write("lookAtTables()") { try await $0.lookAtTables() }
        try await read("expectManyRows()") { try await $0.expectManyRows() }
        try await write("expectManyRows()") { try await $0.expectManyRows() }
        try await write("savepoint(_:)") { writing in
            do {
                return try await writing.savepoint { () async throws -> String in throw Unfit() }
            } catch { return "undone" }
        }
    }

    func troubles() {
        chapter("Trouble")
        let errors: [PostgresError] = [
            .serialization, .lockTimeout, .deadline, .unknownOutcome, .lost,
            .server(sqlState: "42P01", message: ""), .server(sqlState: "42501", message: ""),
        ]
        func among(_ fits: (any Error) -> Bool) -> [String] {
            errors.filter(fits).map(\.description)
        }
        tell("StoreTrouble.mayBeTriedAgain(_:)", among { StoreTrouble.mayBeTriedAgain($0) })
        tell("StoreTrouble.isLocked(_:)", among { StoreTrouble.isLocked($0) })
        tell("StoreTrouble.isOutOfTime(_:)", among { StoreTrouble.isOutOfTime($0) })
        tell("StoreTrouble.isWithoutTables(_:)", among { StoreTrouble.isWithoutTables($0) })
        tell("StoreTrouble.isForbidden(_:)", among { StoreTrouble.isForbidden($0) })
        tell("StoreTrouble.isUnavailable(_:)", among { StoreTrouble.isUnavailable($0) })
        tell("StoreTrouble.isOutcomeUnknown(_:)", among { StoreTrouble.isOutcomeUnknown($0) })
    }
}
