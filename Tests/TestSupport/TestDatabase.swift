internal import Enrollment
internal import EventLoop
internal import Foundation
internal import Postgres
internal import Procedures
internal import Secrets
internal import Store
internal import Web
internal import Words

/// A database of the tests, and what is done in it.
public enum CommittedName: String, Sendable {
    /// Where nothing is committed.
    case office = "enroll_office_tests"
    case committed = "enroll_committed_tests"
    /// Where two do the same at one time.
    case races = "enroll_race_tests"
    /// The same of files that are taken back.
    case undoing = "enroll_undo_tests"

    fileprivate var sql: SQL {
        switch self {
        case .office: "enroll_office_tests"
        case .committed: "enroll_committed_tests"
        case .races: "enroll_race_tests"
        case .undoing: "enroll_undo_tests"
        }
    }
}

/// The database of the office's tests: made anew once a process, in the cluster that
/// `ENROLL_TEST_DATABASE` names.
enum TestDatabase {
    typealias Name = CommittedName

    struct Missing: Error, CustomStringConvertible { let description: String }

    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Migrates and loads as the commands do.
    static func make(
        on loop: EventLoop, _ name: Name = .office
    ) async throws -> PoolSettings {
        guard let cluster = ProcessInfo.processInfo.environment["ENROLL_TEST_DATABASE"] else {
            throw Missing(description: "run through ops/test, which starts a database")
        }
        let server = PooledDatabase(on: loop, settings(cluster))
        _ = try await server.rows("DROP DATABASE IF EXISTS \(name.sql) WITH (FORCE)")
        _ = try await server.rows("CREATE DATABASE \(name.sql) TEMPLATE template0")
        server.close()
        let settings = settings(cluster + " dbname=\(name.rawValue)")
        let database = PooledDatabase(on: loop, settings)
        let start = Instant(startOf: Invented.year.firstDay)
        try await fill(office(database, .frozen(start), .seeded(0)))
        database.close()
        return settings
    }

    /// Made anew once a process.
    private static let keys = FileManager.default.temporaryDirectory
        .appending(path: "enroll-test-keys-\(UUID().uuidString)").path()

    static func office(
        _ database: any Database, reading: (any Database)? = nil, _ clock: Clock,
        _ random: RandomSource, _ change: (inout OfficeSettings) -> Void = { _ in }
    ) -> Office {
        let service = ServiceWords(
            issuer: "見本事務局", phone: "0120-000-000", url: "https://enroll.example")
        var settings = OfficeSettings(
            service: service, links: Links(siteAt: service.url), isDemo: true,
            key: SecretKey(Array(1...32)),
            mailFrom: "no-reply@enroll.example")
        settings.passwordCost = 10
        settings.signingKeys = SigningKeys(in: keys)
        change(&settings)
        return Office(
            database: database, reader: reading ?? database, settings: settings, clock: clock,
            random: random)
    }

    private static func settings(_ connection: String) -> PoolSettings {
        var settings = PoolSettings(connection: connection)
        settings.statementTimeout = .seconds(60)
        settings.lockTimeout = .seconds(60)
        settings.idleTransactionTimeout = .seconds(3600)  // tests take turns in one transaction
        settings.leaseDeadline = .seconds(60)
        settings.connectDeadline = .seconds(300)  // builds and other suites keep the cores busy
        settings.transactionSetUp = ["SET TIME ZONE 'Asia/Tokyo'"] + writeSettings
        settings.readSetUp = ["SET TIME ZONE 'Asia/Tokyo'"] + lookUpSettings
        return settings
    }

    private static func fill(_ office: Office) async throws {
        let migrations = try files("Migrations", matching: /[0-9]{4}_.*\.sql/).map {
            MigrationFile(name: $0.name, text: String(decoding: $0.data, as: UTF8.self))
        }
        _ = try await office.migrate(migrations)
        for grants in try files("Migrations", matching: /GRANTS\.sql/) {
            try await office.grant(String(decoding: grants.data, as: UTF8.self))
        }
        try await office.install(as: .demo)
        let reference = try files("Migrations/reference/2026", matching: /.*\.csv/).map {
            ReferenceFile(name: $0.name, bytes: [UInt8]($0.data))
        }
        _ = try await office.loadReference(reference, of: Invented.year)
        for (code, name) in [("demo-hospital", "見本病院"), ("demo-clinic", "見本診療所")] {
            try await office.openOrganization(
                NewOrganization(code: code, name: name, kindCode: "399", groupCode: "hospitals"),
                terms: OrganizationTerms(
                    category: .agencyApproved, programmeID: nil, activityNote: "窓口の支援",
                    opensOn: Invented.year.firstDay, closesOn: nil), by: .operator("test"))
        }
    }

    private static func files(
        _ folder: String, matching pattern: Regex<Substring>
    ) throws -> [(name: String, data: Data)] {
        let place = root.appending(path: folder)
        return try FileManager.default.contentsOfDirectory(atPath: place.path()).sorted()
            .filter { $0.wholeMatch(of: pattern) != nil }
            .map { ($0, try Data(contentsOf: place.appending(path: $0))) }
    }
}
