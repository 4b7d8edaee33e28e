import Foundation
import HTTP
import HTTPServer
import Synchronization
import Testing

private let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

/// Every deadline is a total: a client that drips is cut all the same.
@Suite(.serialized) struct DeadlineTests {
    /// Sends the text octet by octet, until the other side has had enough.
    private func drip(_ text: String, to client: Client) async throws {
        for byte in text.utf8 {
            client.send([byte])
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Sendable private static func collecting(_ request: Request) async -> Response {
        do { _ = try await request.body.collect(upTo: 1 << 20) } catch {
            return .plain((error as? any StatusError)?.status ?? .serverError)
        }
        return .text("whole")
    }

    private static func hurriedly(_ settings: inout ServerSettings) {
        settings.writeDeadline = .milliseconds(200)
        settings.leastRate = 1 << 30
    }

    @Test func aBodyThatDripsIsCut() async throws {
        try await withServer(
            { $0.bodyDeadline = .milliseconds(300) }, answering: Self.collecting
        ) { server in
            let client = Client(server.port)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n")
            try await drip(String(repeating: "a", count: 100), to: client)
            #expect(await client.receive().hasPrefix("HTTP/1.1 408"))
        }
    }

    @Test func chunksThatDripAreCut() async throws {
        try await withServer(
            { $0.bodyDeadline = .milliseconds(300) }, answering: Self.collecting
        ) { server in
            let client = Client(server.port)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
            try await drip(String(repeating: "1\r\na\r\n", count: 17), to: client)
            #expect(await client.receive().hasPrefix("HTTP/1.1 408"))
        }
    }

    @Test func aBodyThatNobodyWantsIsNotWaitedForBeforeTheAnswer() async throws {
        try await withServer(answering: { _ in .text("at once") }) { server in
            let client = Client(server.port)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 50\r\n\r\nabc")
            #expect(await client.receive { $0.hasSuffix("at once") }.hasSuffix("at once"))
        }
    }

    /// 64 KiB are read and dropped; what is announced beyond them is not waited for.
    @Test(arguments: [
        ("FFFFF\r\nabc", true), ("10001\r\nabc", true), ("3\r\nabc\r\n10001\r\n", true),
        ("zz\r\n", true), ("10000\r\nabc", false), ("3\r\nabc\r\n0\r\n\r\n", false),
    ])
    func aChunkThatNobodyWantsEndsTheConnectionWhenItIsLarge(body: String, ends: Bool) async throws
    {
        try await withServer(answering: { _ in .text("at once") }) { server in
            let client = Client(server.port)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
            let answer = await client.receive { $0.hasSuffix("at once") }
            #expect(answer.lowercased().contains("connection: close") == ends)
        }
    }

    @Test func aHandlerCanSeeThatTheClientHasLeft() async throws {
        // Both signs are seen by the handler alone: it has looked once before the client leaves.
        let (looked, gate) = (Gate(), Gate())
        let seen = Mutex<[Bool]>([])
        let looking: @Sendable (Request) async -> Response = { request in
            let before = request.isAwaited()
            looked.open()
            await gate.wait()
            while before, request.isAwaited() { try? await Task.sleep(for: .milliseconds(1)) }
            seen.withLock { $0 = [before, request.isAwaited()] }
            return .text("a")
        }
        try await withServer(answering: looking) { server in
            let client = Client(server.port)
            client.send(get)
            await looked.wait()
            gate.open()
            client.stopSending()
            while seen.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(1)) }
            #expect(seen.withLock { $0 } == [true, false])
        }
    }

    @Test func anIdleConnectionIsClosedWithoutAWord() async throws {
        try await withServer(
            { $0.idleDeadline = .milliseconds(200) }, answering: { _ in .text("a") }
        ) { server in
            let (fresh, used) = (Client(server.port), Client(server.port))
            used.send(get)
            #expect(await used.receive().hasSuffix("a"))
            #expect(await fresh.receive().isEmpty)
        }
    }

    @Test func aConnectionThatRestsIsServedAgainAndClosedAtItsDeadline() async throws {
        try await withServer(
            {
                $0.fewConnections = 0
                $0.idleDeadline = .seconds(5)
            }, answering: { _ in .text("a") }
        ) { server in
            let client = Client(server.port)
            for _ in 0..<2 {
                try await Task.sleep(for: .milliseconds(600))  // longer than two looks apart
                client.send(String(get.prefix(9)))
                try await Task.sleep(for: .milliseconds(20))
                client.send(String(get.dropFirst(9)))
                #expect(await client.receive { $0.hasSuffix("a") }.hasSuffix("a"))
            }
            #expect(await client.receive().isEmpty)
        }
    }

    @Test func aClientThatDoesNotReadIsCut() async throws {
        let large = [UInt8](repeating: 97, count: 32 << 20)
        let answering: @Sendable (Request) async -> Response = { _ in
            Response(.ok, type: "text/plain", bytes: large)
        }
        try await withServer(Self.hurriedly, answering: answering) { server in
            let client = Client(server.port)
            client.send(get)
            try await Task.sleep(for: .milliseconds(1_000))
            #expect(await client.count(until: "never") < large.count)
        }
    }

    @Test func aStreamHasOneDeadlineForAllItsWrites() async throws {
        let end = Mutex<String?>(nil)
        let streaming: @Sendable (Request) async -> Response = { _ in
            Response(
                .ok,
                body: .stream(length: nil) { writer in
                    do {
                        while true {
                            try await writer.write([UInt8](repeating: 97, count: 1 << 16))
                        }
                    } catch {
                        end.withLock { $0 = "\(error)" }
                        throw error
                    }
                })
        }
        try await withServer(Self.hurriedly, answering: streaming) { server in
            let client = Client(server.port)
            client.send(get)
            var taken = 0
            while end.withLock({ $0 }) == nil, taken < 4_000 {
                _ = await client.receive { !$0.isEmpty }
                taken += 1
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(end.withLock { $0 } == "tooSlow")
        }
    }

    @Test func aHandlerThatTakesTooLongIsCancelledAndItsClientTold() async throws {
        let wasCancelled = Mutex(false)
        let slow: @Sendable (Request) async -> Response = { _ in
            do { try await Task.sleep(for: .seconds(60)) } catch {
                wasCancelled.withLock { $0 = true }
            }
            return .text("late")
        }
        try await withServer({ $0.handlerDeadline = { _ in .milliseconds(100) } }, answering: slow)
        {
            server in
            let client = Client(server.port)
            client.send(get + get)
            let answer = await client.receive()
            #expect(answer.hasPrefix("HTTP/1.1 503") && answer.contains("Retry-After: "))
            #expect(!answer.contains("late"))
            #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2)
            // The client is answered first; the handler hears of it a moment later.
            for _ in 0..<1_000 where server.counts.inFlight > 0 {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(wasCancelled.withLock { $0 })
            #expect(server.counts.late == 1)
            #expect(server.counts.inFlight == 0)
        }
    }

    @Test func aHandlerThatDoesNotListenIsLeftBehind() async throws {
        let gate = Gate()
        let deaf: @Sendable (Request) async -> Response = { _ in
            await Task.detached { await gate.wait() }.value
            return .text("late")
        }
        try await withServer({ $0.handlerDeadline = { _ in .milliseconds(100) } }, answering: deaf)
        {
            server in
            let client = Client(server.port)
            client.send(get)
            #expect(await client.receive().hasPrefix("HTTP/1.1 503"))
            #expect(server.counts.inFlight == 1)
            gate.open()
        }
    }

    @Test func someRequestsMayTakeLonger() async throws {
        let slow: @Sendable (Request) async -> Response = { _ in
            try? await Task.sleep(for: .milliseconds(600))
            return .text("done")
        }
        try await withServer(
            { $0.handlerDeadline = { $0.target.path == "/long" ? nil : .milliseconds(100) } },
            answering: slow
        ) { server in
            let client = Client(server.port)
            client.send("GET /long HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            #expect(await client.receive().hasSuffix("done"))
        }
    }

    @Test func waitingForTheBodyIsNotTheHandlersTime() async throws {
        try await withServer(
            { $0.handlerDeadline = { _ in .milliseconds(400) } }, answering: Self.collecting
        ) { server in
            let client = Client(server.port)
            client.send(
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 80\r\nConnection: close\r\n\r\n")
            try await drip(String(repeating: "a", count: 80), to: client)
            #expect(await client.receive().hasSuffix("whole"))
        }
    }
}
