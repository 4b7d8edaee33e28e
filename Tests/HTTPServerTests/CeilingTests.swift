import Foundation
import Glibc
import HTTP
@testable import HTTPServer
import Logging
import Synchronization
import Testing

private let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

@Suite(.serialized) struct CeilingTests {
    @Test func oneHandlerTooManyIsToldToComeAgain() async throws {
        let gate = Gate()
        let slow: @Sendable (Request) async -> Response = { _ in
            await gate.wait()
            return .text("done")
        }
        try await withServer(
            {
                $0.handlerLimit = 1
                $0.workers = 1
            }, answering: slow
        ) { server in
            let (first, second) = (Client(server.port), Client(server.port))
            first.send(get)
            while server.counts.inFlight == 0 { try await Task.sleep(for: .milliseconds(5)) }
            second.send(get)
            let refusal = await second.receive { $0.contains("\r\n\r\n") }
            #expect(refusal.hasPrefix("HTTP/1.1 503") && refusal.contains("Retry-After: 1\r\n"))
            gate.open()
            #expect(await first.receive { $0.hasSuffix("done") }.hasPrefix("HTTP/1.1 200"))
            #expect(server.counts.shed == 1)
            second.send(get)
            #expect(await second.receive { $0.hasSuffix("done") }.hasSuffix("done"))
        }
    }

    @Test func beyondTheCeilingConnectionsWaitAndAreServedLater() async throws {
        try await withServer({ $0.connectionLimit = 2 }, answering: { _ in .text("a") }) { server in
            let held = [Client(server.port), Client(server.port)]
            for client in held {
                client.send(get)
                _ = await client.receive { $0.hasSuffix("a") }
            }
            let third = Client(server.port)
            third.send(get)
            try await Task.sleep(for: .milliseconds(150))
            #expect(server.counts.connections == 2)
            held[0].stopSending()
            #expect(await third.receive { $0.hasSuffix("a") }.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func acceptingSurvivesWhenDescriptorsRunOut() async throws {
        var settings = ServerSettings()
        settings.port = 0
        let tries = Atomic(0)
        let server = try HTTPServer(
            settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            makeHandler: { _ in Answering { _ in .text("alive") } },
            accept: { listener, address, length in
                let error = [EMFILE, ENFILE, ECONNABORTED, EINTR]
                let number = tries.add(1, ordering: .relaxed).oldValue
                guard number < 8 else {
                    let accepted = Glibc.accept(listener, address, &length)
                    if accepted >= 0 { _ = fcntl(accepted, F_SETFL, O_NONBLOCK) }
                    return accepted
                }
                errno = error[number % 4]
                return -1
            })
        try await server.start()
        var answers = 0
        for _ in 0..<8 {
            let client = Client(server.port)
            client.send(get)
            if await client.receive(until: { $0.hasSuffix("alive") }).hasSuffix("alive") {
                answers += 1
            }
        }
        #expect(tries.load(ordering: .relaxed) > 8)
        #expect(answers >= 4)
        #expect(await server.stop(within: .seconds(5)))
    }

    @Test func aReaderThatIsBehindStopsTheWriter() async throws {
        let written = Mutex(0)
        let streaming: @Sendable (Request) async -> Response = { _ in
            Response(
                .ok,
                body: .stream(length: nil) { writer in
                    for _ in 0..<4_000 {
                        try await writer.write([UInt8](repeating: 97, count: 1 << 14))
                        written.withLock { $0 += 1 << 14 }
                    }
                })
        }
        try await withServer(answering: streaming) { server in
            let client = Client(server.port)
            client.send(get)
            try await Task.sleep(for: .milliseconds(300))
            let early = written.withLock { $0 }
            #expect(early < 4_000 << 14)
            #expect(await client.count(until: "\r\n0\r\n\r\n") > 4_000 << 14)
        }
    }

    @Test func aBodyIsReadOnlyAsFastAsTheHandlerAsks() async throws {
        let gate = Gate()
        let taking: @Sendable (Request) async -> Response = { request in
            await gate.wait()
            var count = 0
            do { for try await chunk in request.body { count += chunk.count } } catch {
                return .badRequest
            }
            return .text("\(count) octets")
        }
        try await withServer({ $0.bodyLimit = { _ in 64 << 20 } }, answering: taking) { server in
            let client = Client(server.port)
            let length = 48 << 20
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(length)\r\n\r\n")
            let body = [UInt8](repeating: 97, count: length)
            let sent = Mutex(false)
            async let upload: Void = client.sendAll(body, then: { sent.withLock { $0 = true } })
            try await Task.sleep(for: .milliseconds(200))
            #expect(!sent.withLock { $0 })
            gate.open()
            await upload
            #expect(await client.receive { $0.hasSuffix("octets") }.hasSuffix("\(length) octets"))
        }
    }
}
