import Glibc
import Postgres
import Testing

/// Several hosts in one connection string; `read-write` looks for the one that writes.
@Suite struct HostsTests {
    /// The test server as the second host behind `first`.
    static func behind(_ first: String, _ more: String = "") throws -> String {
        let own = try Bench.settings().connection
        let host = try #require(own.split(separator: " ").first { $0.hasPrefix("host=") })
        let rest = own.split(separator: " ").filter { !$0.hasPrefix("host=") }
        return (["host=\(first),\(host.dropFirst(5))"] + rest.map(String.init) + [more])
            .joined(separator: " ")
    }

    static func answers(_ connection: String) async throws -> Bool {
        let bench = try await Bench {
            $0.connection = connection
            $0.readConnections = 1
        }
        defer { Task { await bench.close() } }
        let read = try await bench.rows("SELECT 1 AS one").count
        let written = try await bench.use { bench in
            try await bench.database.transaction { try await $0.rows("SELECT 2 AS two").count }
        }
        return read == 1 && written == 1
    }

    @Test func aFirstHostThatIsNotThereIsPassedBy() async throws {
        #expect(try await Self.answers(Self.behind("/nowhere", "target_session_attrs=read-write")))
    }

    @Test func aFirstHostThatTakesAConnectionAndSaysNothingIsPassedByInItsOwnTime() async throws {
        let silent = try SilentServer()
        let connection = try Self.behind(silent.folder, "target_session_attrs=read-write")
        let bench = try await Bench {
            $0.connection = connection
            $0.connectDeadline = .seconds(2)
        }
        // Whoever waited for the first host once goes to the second at once from then on.
        for _ in 0..<5 {
            try await bench.use { bench in
                try await bench.database.transaction { session in
                    let count = try await session.rows("SELECT 1 AS one").count
                    #expect(count == 1)
                }
            }
        }
        #expect(silent.acceptedCount == 1)
        await bench.close()
    }

    @Test func whatTheFirstHostSaysToTheSetUpIsNotHiddenByTheSecond() async throws {
        let own = try Bench.settings().connection
        let host = try #require(own.split(separator: " ").first { $0.hasPrefix("host=") })
        let connection = own.replacing(host, with: "\(host),/nowhere")
        let bench = try await Bench {
            $0.connection = connection
            $0.readSetUp = ["SET ROLE role_that_is_not_there"]
        }
        do {
            _ = try await bench.rows("SELECT 1 AS one")
            Issue.record("there is no such role")
        } catch PostgresError.server(let state, _) { #expect(state == "22023") }
        await bench.close()
    }

    @Test func noHostAtAllIsSaidWithAReasonAndWithoutWaiting() async throws {
        let bench = try await Bench {
            $0.connection = "host=/nowhere,/nowhere-else dbname=x user=y"
        }
        do {
            _ = try await bench.rows("SELECT 1 AS one")
            Issue.record("there is no such server")
        } catch PostgresError.unreachable(let reason) {
            #expect(reason.contains("/nowhere-else"))
        }
        await bench.close()
    }

    @Test func aServerThatOnlyReadsIsNotTakenForWriting() async throws {
        let maker = try await Bench()
        _ = try await maker.rows("DROP DATABASE IF EXISTS enroll_read_only_tests")
        _ = try await maker.rows("CREATE DATABASE enroll_read_only_tests TEMPLATE template0")
        _ = try await maker.rows(
            "ALTER DATABASE enroll_read_only_tests SET default_transaction_read_only = on")
        let connection = try Bench.settings().connection
        let bench = try await Bench {
            $0.connection =
                "\(connection) dbname=enroll_read_only_tests "
                + "target_session_attrs=read-write"
        }
        await #expect(throws: PostgresError.self) { try await bench.rows("SELECT 1 AS one") }
        _ = try await maker.rows(
            "ALTER DATABASE enroll_read_only_tests RESET default_transaction_read_only")
        #expect(try await eventually { try await bench.rows("SELECT 1 AS one").count == 1 })
        await bench.close()
        _ = try await maker.rows("DROP DATABASE enroll_read_only_tests WITH (FORCE)")
        await maker.close()
    }

    @Test func aConnectionWhoseServerBecameReadOnlyIsMadeAgain() async throws {
        let bench = try await Bench { $0.transactionConnections = 1 }
        try await bench.use { bench in
            let before = try await bench.database.transaction { session in
                try await session.execute(
                    "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
                return try await session.rows("SELECT pg_backend_pid() AS pid")[0].int("pid")
            }
            await #expect(throws: PostgresError.readOnly) {
                try await bench.database.transaction {
                    try await $0.execute("CREATE TABLE never_made (n int)")
                }
            }
            let after = try await bench.database.transaction { session in
                try await session.execute("CREATE TEMP TABLE made (n int) ON COMMIT DROP")
                return try await session.rows("SELECT pg_backend_pid() AS pid")[0].int("pid")
            }
            #expect(before != after)
        }
        await bench.close()
    }
}

/// A socket that accepts and never answers, in a folder of its own.
final class SilentServer {
    let folder: String
    private let descriptor: Int32

    init() throws {
        var template = Array("/tmp/silent-XXXXXX".utf8CString)
        folder = String(cString: mkdtemp(&template))
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = "\(folder)/.s.PGSQL.5432"
        withUnsafeMutableBytes(of: &address.sun_path) { place in
            for (index, byte) in path.utf8.enumerated() { place[index] = byte }
        }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0 && listen(descriptor, 16) == 0)
    }

    /// How many connections wait here; asking ends them.
    var acceptedCount: Int {
        var count = 0
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        while case let one = accept(descriptor, nil, nil), one >= 0 {
            count += 1
            close(one)
        }
        return count
    }

    deinit {
        close(descriptor)
        unlink("\(folder)/.s.PGSQL.5432")
        rmdir(folder)
    }
}
