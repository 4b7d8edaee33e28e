import Foundation
import HTTP
import HTTPServer
import Logging
import Testing

private let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

@Suite(.serialized) struct StopTests {
    private func start(
        fewConnections: Int = 256,
        _ answering: @escaping @Sendable (Request) async -> Response
    ) async throws -> HTTPServer {
        var settings = ServerSettings()
        settings.port = 0
        settings.fewConnections = fewConnections
        let server = try HTTPServer(
            settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { _ in Answering { await answering($0) } }
        try await server.start()
        return server
    }

    @Test func whatWasAcceptedIsFinishedAndNothingMoreAccepted() async throws {
        let gate = Gate()
        let server = try await start { _ in
            await gate.wait()
            return .text("done")
        }
        let (client, idle) = (Client(server.port), Client(server.port))
        client.send(get)
        idle.send(get.replacing("\r\n\r\n", with: "\r\n"))
        while server.counts.inFlight == 0 { try await Task.sleep(for: .milliseconds(5)) }
        async let stopped = server.stop(within: .seconds(60))
        while !server.isStopping { try await Task.sleep(for: .milliseconds(5)) }
        gate.open()
        let answer = await client.receive()
        #expect(answer.hasSuffix("done") && answer.contains("Connection: close"))
        idle.send("\r\n")
        #expect(await idle.receive().hasSuffix("done"))
        #expect(await stopped)
        let late = Client(server.port)
        late.send(get)
        #expect(await late.receive().isEmpty)
    }

    @Test func requestsOnTheirWayAreAnsweredAndNotCut() async throws {
        let server = try await start { _ in .text("done") }
        let clients = (0..<300).map { _ in Client(server.port) }
        for client in clients { client.send(get) }
        async let stopped = server.stop(within: .seconds(60))
        var answered = 0
        for client in clients where await client.receive().hasSuffix("done") { answered += 1 }
        #expect(answered == clients.count)
        #expect(await stopped)
    }

    @Test(arguments: [0, 256])
    func anIdleConnectionDoesNotHoldUpTheStop(fewConnections: Int) async throws {
        let server = try await start(fewConnections: fewConnections) { _ in .text("done") }
        let client = Client(server.port)
        client.send(get)
        _ = await client.receive { $0.hasSuffix("done") }
        try await Task.sleep(for: .milliseconds(600))
        #expect(await server.stop(within: .seconds(60)))
        #expect(await client.receive().isEmpty)
    }

    @Test func aHandlerWithoutAnEndIsLeftWhenTimeIsUp() async throws {
        let server = try await start { _ in
            try? await Task.sleep(for: .seconds(100))
            return .text("never")
        }
        let client = Client(server.port)
        client.send(get)
        while server.counts.inFlight == 0 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(await !server.stop(within: .milliseconds(400)))
        #expect(await client.receive().isEmpty)
    }
}
