import Foundation
import HTTP
import HTTPServer
import Logging
import Testing

private let get = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n"

@Sendable private func echo(_ request: Request) async -> Response {
    do {
        let body = try await request.body.collect(upTo: 1 << 20)
        return .text("\(request.method) \(request.path) \(String(decoding: body, as: UTF8.self))")
    } catch { return .plain((error as? any StatusError)?.status ?? .serverError) }
}

@Suite(.serialized) struct HTTPServerTests {
    @Test func aConnectionServesRequestsInTheirOrder() async throws {
        try await withServer(answering: echo) { server in
            let client = Client(server.port)
            client.send(get + get.replacing("/a", with: "/b") + get.replacing("/a", with: "/c"))
            client.stopSending()
            let answer = await client.receive()
            let order = ["GET /a ", "GET /b ", "GET /c "].compactMap {
                answer.range(of: $0)?.lowerBound
            }
            #expect(order.count == 3 && order == order.sorted())
            #expect(answer.components(separatedBy: "HTTP/1.1 200").count == 4)
        }
    }

    @Test func aKeptAnswerIsWholeForEveryWayOfAsking() async throws {
        try await withServer(
            { $0.headers = [("X-Frame-Options", "DENY")] },
            answering: { _ in .text("kept").asFixed() }
        ) { server in
            let client = Client(server.port)
            client.send(get + get.replacing("GET", with: "HEAD") + get)
            client.send("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            let answers = await client.receive().components(separatedBy: "HTTP/1.1 200 OK\r\n")
            #expect(answers.count == 5)
            for (index, answer) in answers.dropFirst().enumerated() {
                let parts = answer.components(separatedBy: "\r\n\r\n")
                #expect(parts.last == (index == 1 ? "" : "kept"))
                #expect(parts[0].contains("X-Frame-Options: DENY\r\nContent-Length: 4"))
                #expect(parts[0].contains("Connection: close") == (index == 3))
            }
            let old = Client(server.port)
            old.send("GET /a HTTP/1.0\r\n\r\n")
            #expect(await old.receive().hasSuffix("Connection: close\r\n\r\nkept"))
        }
    }

    @Test func aRequestCutAnywhereIsTheSameRequest() async throws {
        let whole = Array(
            "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc".utf8)
        try await withServer(answering: echo) { server in
            for cut in stride(from: 1, to: whole.count, by: 5) {
                let client = Client(server.port)
                client.send(Array(whole[..<cut]))
                try await Task.sleep(for: .milliseconds(2))
                client.send(Array(whole[cut...]))
                #expect(await client.receive().hasSuffix("POST /x abc"))
            }
        }
    }

    @Test func aRefusedFramingClosesAndHidesNoRequest() async throws {
        let hidden = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n"
        try await withServer(answering: echo) { server in
            for head in [
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 0\r\nContent-Length: 5\r\n\r\n", "Content-Length: +5\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5;a=\n\r\nabcde\r\n0\r\n\r\n",
            ] {
                let client = Client(server.port)
                client.send("POST / HTTP/1.1\r\nHost: h\r\n" + head + hidden)
                let answer = await client.receive()
                #expect(answer.hasPrefix("HTTP/1.1 400"))
                #expect(!answer.contains("hidden"))
            }
        }
    }

    @Test func aBodyThatNobodyReadsIsNeverARequest() async throws {
        let ignoring: @Sendable (Request) async -> Response = { _ in .text("ok") }
        try await withServer(answering: ignoring) { server in
            let client = Client(server.port)
            let hidden = String(repeating: get, count: 8000)
            client.send(
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(hidden.utf8.count)\r\n\r\n")
            client.send(hidden)
            let answer = await client.receive()
            #expect(answer.components(separatedBy: "HTTP/1.1").count == 2)
        }
    }

    @Test func aHeadThatDripsIsCutByTheTotalDeadline() async throws {
        try await withServer({ $0.headDeadline = .milliseconds(300) }, answering: echo) { server in
            let client = Client(server.port)
            for letter in "GET / HTTP/1.1\r\nX-Slow: " {
                client.send(String(letter))
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(await client.receive().hasPrefix("HTTP/1.1 408"))
        }
    }

    @Test func tooLargeIsSaidBeforeTheBodyIsSent() async throws {
        try await withServer({ $0.bodyLimit = { _ in 10 } }, answering: echo) { server in
            let client = Client(server.port)
            client.send(
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n")
            let answer = await client.receive()
            #expect(answer.hasPrefix("HTTP/1.1 413") && !answer.contains("100 Continue"))
        }
    }

    @Test func aWantedBodyIsAskedFor() async throws {
        try await withServer(answering: echo) { server in
            let client = Client(server.port)
            client.send(
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n"
                    + "Connection: close\r\n\r\n")
            _ = await client.receive { $0.contains("100 Continue\r\n\r\n") }
            client.send("ok")
            #expect(await client.receive().hasSuffix("POST / ok"))
        }
    }

    @Test func aStreamIsSentInPieces() async throws {
        let streaming: @Sendable (Request) async -> Response = { _ in
            Response(
                .ok,
                body: .stream(length: nil) { writer in
                    for _ in 0..<100 {
                        try await writer.write([UInt8](repeating: 97, count: 10_000))
                    }
                })
        }
        try await withServer(answering: streaming) { server in
            let client = Client(server.port)
            client.send(get)
            let answer = await client.receive { $0.hasSuffix("0\r\n\r\n") }
            #expect(answer.contains("Transfer-Encoding: chunked"))
            #expect(answer.utf8.count(where: { $0 == 97 }) >= 1_000_000)
        }
    }

    @Test func headHasNoBodyAndForeignHostsAreMisdirected() async throws {
        try await withServer({ $0.authorities = ["h"] }, answering: echo) { server in
            let client = Client(server.port)
            client.send("HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            let answer = await client.receive()
            #expect(answer.contains("Content-Length: 7\r\n") && answer.hasSuffix("\r\n\r\n"))
            let stranger = Client(server.port)
            stranger.send("GET / HTTP/1.1\r\nHost: evil\r\n\r\n")
            #expect(await stranger.receive().hasPrefix("HTTP/1.1 421"))
        }
    }

    @Test func anAddressIsNoNameThatSomebodyCouldPointAtUs() async throws {
        try await withServer(
            {
                $0.authorities = ["h:1"]
                $0.answersForAddresses = true
            }, answering: echo
        ) { server in
            for (host, status) in [
                ("h:1", 200), ("10.0.0.7:9100", 200), ("10.0.0.7", 200), ("[::1]:9100", 200),
                ("evil", 421), ("10.0.0.7.evil:9100", 421), ("h", 421),
            ] {
                let client = Client(server.port)
                client.send("GET / HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
                #expect(await client.receive().hasPrefix("HTTP/1.1 \(status)"), "\(host)")
            }
        }
    }

    @Test func manyConnectionsAreServedAtOnce() async throws {
        try await withServer(answering: echo) { server in
            let clients = (0..<200).map { _ in Client(server.port) }
            for client in clients {
                client.send(get.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n"))
            }
            var served = 0
            for client in clients where await client.receive().hasSuffix("GET /a ") { served += 1 }
            #expect(served == 200)
        }
    }
}
