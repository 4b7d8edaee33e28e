import Foundation
import HTTP
import HTTPServer
import Logging
import Procedures
import ServiceLifecycle
import Store
import Web

/// What only whoever runs the installation sees, on an address of its own: `/metrics`, and
/// `/healthz` and `/readyz` for probes, which says no as soon as the server is asked to stop.
struct OperatorService: Service {
    private let server: HTTPServer

    init(_ listen: Endpoint, _ wiring: Wiring, _ site: SiteService, _ logger: Logger) throws {
        var settings = ServerSettings()
        settings.host = listen.host
        settings.port = listen.port
        settings.workers = 1
        settings.connectionLimit = 64
        // A page in somebody's browser could have its name point at us and read the figures.
        settings.authorities = [listen.description, "localhost:\(listen.port)"]
        settings.answersForAddresses = true
        settings.handlerDeadline = { _ in .seconds(5) }
        server = try HTTPServer(settings, logger: logger) { loop in
            let own = Site(wiring.office(on: loop), isSecure: wiring.configuration.isSecure) {
                reference, error in
                logger.error(
                    "not ready", metadata: ["reference": "\(reference)", "error": "\(error)"])
            }
            return OperatorHandler(own, wiring.office(on: loop), site, wiring.waits)
        }
    }

    func run() async throws {
        try await server.start()
        try? await gracefulShutdown()
        _ = await server.stop(within: .milliseconds(500))
    }
}

private final class OperatorHandler: Handler {
    private let own: Site
    private let office: Office
    private let site: SiteService
    private let waits: DatabaseWaits

    init(_ own: Site, _ office: Office, _ site: SiteService, _ waits: DatabaseWaits) {
        self.own = own
        self.office = office
        self.site = site
        self.waits = waits
    }

    func respond(to request: Request) async -> Response {
        guard request.method == .get || request.method == .head else {
            return .methodNotAllowed([.get, .head])
        }
        switch request.path {
        case "/metrics": return await metrics
        case "/readyz" where site.isStopping: return .retry(.serviceUnavailable, afterSeconds: 10)
        case "/healthz", "/readyz": return await own.respond(to: request)
        default: return .notFound
        }
    }

    /// What this process counts is told also while the database is away.
    private var metrics: Response {
        get async {
            let work = try? await office.reading.workCounts()
            let text = Metrics.text(site.counts, waits) + Metrics.text(work, at: office.now)
            return Response(
                .ok, type: "text/plain; version=0.0.4; charset=utf-8", bytes: Array(text.utf8)
            ).with(.cacheControl, "no-store")
        }
    }
}
