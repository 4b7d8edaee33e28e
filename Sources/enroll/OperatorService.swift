import Foundation
import HTTP
import HTTPServer
import Logging
import ServiceLifecycle
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
        settings.handlerDeadline = { _ in .seconds(5) }
        server = try HTTPServer(settings, logger: logger) { loop in
            let own = Site(wiring.office(on: loop), isSecure: wiring.configuration.isSecure) {
                reference, error in
                logger.error(
                    "not ready", metadata: ["reference": "\(reference)", "error": "\(error)"])
            }
            return OperatorHandler(own, site, wiring.waits)
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
    private let site: SiteService
    private let waits: DatabaseWaits

    init(_ own: Site, _ site: SiteService, _ waits: DatabaseWaits) {
        self.own = own
        self.site = site
        self.waits = waits
    }

    func respond(to request: Request) async -> Response {
        guard request.method == .get || request.method == .head else {
            return .methodNotAllowed([.get, .head])
        }
        switch request.path {
        case "/metrics":
            return Response(
                .ok, type: "text/plain; version=0.0.4; charset=utf-8",
                bytes: Array(Metrics.text(site.counts, waits).utf8)
            ).with(.cacheControl, "no-store")
        case "/readyz" where site.isStopping: return .retry(.serviceUnavailable, afterSeconds: 10)
        case "/healthz", "/readyz": return await own.respond(to: request)
        default: return .notFound
        }
    }
}
