import Enrollment
import EventLoop
import HTTP
import Postgres
import Procedures
import Secrets
import Testing
import Web
import Words

/// The real site over a pool of its own, asked without a socket.
actor SiteDesk {
    static let built = HTTPDate(secondsSinceEpoch: 1_775_000_000)

    private let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private var site: Site!
    private(set) var reported: [String] = []

    /// `connection` is libpq's; nothing is opened before something is asked.
    init(connection: String) async throws {
        loop = try EventLoop(name: "site-tests")
        open(connection)
    }

    private func open(_ connection: String) {
        let database = PooledDatabase(on: loop, PoolSettings(connection: connection))
        let service = ServiceWords(
            issuer: "見本事務局", phone: "0120-000-000", url: "https://enroll.example")
        let settings = OfficeSettings(
            service: service, links: Links(siteAt: service.url), isDemo: true,
            key: SecretKey(Array(1...32)),
            mailFrom: "no-reply@enroll.example")
        let office = Office(
            database: database, reader: database, settings: settings,
            clock: .frozen(Instant(microseconds: 1_790_000_000_000_000)), random: .seeded(1))
        site = Site(office, isSecure: true, builtAt: Self.built) { [weak self] _, error in
            self?.assumeIsolated { $0.reported.append("\(error)") }
        }
    }

    func get(_ path: String, _ fields: [(HeaderName, HeaderValue)] = []) async throws -> Seen {
        let target = try #require(Target(path))
        let headers = Headers([(.host, "enroll.example")] + fields)
        return Seen(
            await site.respond(to: Request(RequestHead(.get, target, headers: headers))))
    }
}

/// An answer as its reader sees it.
struct Seen {
    let status: Status
    let headers: Headers
    let text: String

    init(_ response: Response) {
        status = response.status
        headers = response.headers
        if case .bytes(let bytes) = response.body {
            text = String(decoding: bytes, as: UTF8.self)
        } else {
            text = ""
        }
    }
}
