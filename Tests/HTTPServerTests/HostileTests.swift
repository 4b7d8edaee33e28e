import Foundation
import HTTP
import HTTPServer
import HostileRequests
import Testing

/// The same hostile requests as the parser's, over real sockets.
@Suite(.serialized) struct HostileTests {
    /// Reads the whole body and says only which path was asked for.
    @Sendable private static func seen(_ request: Request) async -> Response {
        do { _ = try await request.body.collect(upTo: 1 << 20) } catch {
            return .plain((error as? any StatusError)?.status ?? .serverError)
        }
        return .text("seen \(request.path)")
    }

    /// Answers at once and leaves the body where it is.
    @Sendable private static func ignoring(_ request: Request) async -> Response {
        .text("seen \(request.path)")
    }

    @Test func everyOneIsRefusedAndNothingBehindItIsAnswered() async throws {
        try await withServer({ $0.authorities = ["h"] }, answering: Self.seen) { server in
            for request in HostileRequest.all {
                let client = Client(server.port)
                client.send(request.withHidden)
                client.stopSending()
                let answer = await client.receive()
                #expect(answer.hasPrefix("HTTP/1.1 \(request.status) "), "\(request)")
                #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2, "\(request)")
                #expect(!answer.contains("seen /hidden"), "\(request)")
            }
        }
    }

    @Test func cutInTwoTheyAreRefusedAlike() async throws {
        try await withServer({ $0.authorities = ["h"] }, answering: Self.seen) { server in
            for request in HostileRequest.all {
                let (client, bytes) = (Client(server.port), request.withHidden)
                client.send(Array(bytes[..<(bytes.count / 2)]))
                try await Task.sleep(for: .milliseconds(1))
                client.send(Array(bytes[(bytes.count / 2)...]))
                client.stopSending()
                let answer = await client.receive()
                #expect(answer.hasPrefix("HTTP/1.1 \(request.status) "), "\(request)")
                #expect(!answer.contains("seen /hidden"), "\(request)")
            }
        }
    }

    @Test func aHandlerThatLeavesTheBodyLetsNothingThrough() async throws {
        try await withServer({ $0.authorities = ["h"] }, answering: Self.ignoring) { server in
            for request in HostileRequest.all {
                let client = Client(server.port)
                client.send(request.withHidden)
                client.stopSending()
                #expect(await !client.receive().contains("seen /hidden"), "\(request)")
            }
        }
    }
}
