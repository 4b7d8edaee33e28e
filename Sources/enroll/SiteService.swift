import Foundation
import HTTP
import HTTPServer
import Logging
import Procedures
import ServiceLifecycle
import Synchronization
import Web

/// The site of one worker behind the server's protocol.
final class SiteHandler: Handler {
    private let site: Site

    init(_ site: Site) { self.site = site }

    func respond(to request: Request) async -> Response { await site.respond(to: request) }
}

/// The web server as a service that is started and asked to stop.
final class SiteService: Service {
    /// What was accepted is finished within this; `ShutdownGuard` ends the program soon after.
    private static let grace = Duration.seconds(8)
    /// For those requests whose endpoint says that they take long.
    private static let longDeadline = Duration.seconds(120)

    private let server: HTTPServer
    private let wiring: Wiring
    private let url: String
    private let stopping = Atomic(false)

    init(_ wiring: Wiring, _ logger: Logger) throws {
        self.wiring = wiring
        let configuration = wiring.configuration
        let isSecure = configuration.isSecure
        let built = Self.built
        server = try HTTPServer(Self.settings(wiring), logger: logger) { loop in
            SiteHandler(
                Site(
                    wiring.office(on: loop, for: .pages), isSecure: isSecure, builtAt: built
                ) { reference, error in
                    logger.error(
                        "request failed",
                        metadata: ["reference": "\(reference)", "error": "\(error)"])
                })
        }
        url = "http://\(Endpoint(host: configuration.listen.host, port: server.port))"
    }

    /// For the operator.
    var counts: ServerCounts { server.counts }
    var isStopping: Bool { stopping.load(ordering: .relaxed) }

    func run() async throws {
        try await server.start()
        say("ready: \(url)")
        try? await gracefulShutdown()
        stopping.store(true, ordering: .relaxed)
        _ = await server.stop(within: Self.grace)
        let wiring = wiring
        try await CommandLoop.use { desk in
            try await wiring.office(on: desk.loop).tellCountedAttempts(withThisMinute: true)
        }
    }

    /// When this program was written to the disk: the same for all instances of one installation.
    private static var built: HTTPDate? {
        guard let path = Bundle.main.executablePath,
            let facts = try? FileManager.default.attributesOfItem(atPath: path),
            let written = facts[.modificationDate] as? Date
        else { return nil }
        return HTTPDate(secondsSinceEpoch: Int(written.timeIntervalSince1970))
    }

    private static func settings(_ wiring: Wiring) -> ServerSettings {
        let (configuration, words) = (wiring.configuration, wiring.settings)
        var settings = ServerSettings()
        settings.host = configuration.listen.host
        settings.port = configuration.listen.port
        settings.workers = ProcessInfo.processInfo.activeProcessorCount
        settings.trustedProxies = configuration.trustedProxies
        settings.headers = SecurityHeaders.all(isSecure: configuration.isSecure)
        settings.authorities = authorities(configuration)
        settings.bodyLimit = { Site.limits(of: $0).bodyOctets }
        settings.handlerDeadline = { Site.limits(of: $0).takesLong ? longDeadline : .seconds(15) }
        settings.errorPage = { Site.refused($0, under: words) }
        settings.connectionLimit = configuration.connections ?? settings.connectionLimit
        settings.connectionLimitPerAddress =
            configuration.connectionsPerAddress ?? settings.connectionLimitPerAddress
        return settings
    }

    /// The public address, also with the port that https has anyway, and the one we listen on.
    private static func authorities(_ configuration: Configuration) -> Set<String> {
        let listen = configuration.listen
        var own: Set = [listen.description, "localhost:\(listen.port)"]
        let parts = configuration.publicURL.split(separator: "/", maxSplits: 2)
        if parts.count > 1 {
            let authority = parts[1].split(separator: "/")[0].lowercased()
            own.insert(authority)
            if configuration.isSecure, !authority.contains(":") { own.insert(authority + ":443") }
        }
        return own
    }
}
