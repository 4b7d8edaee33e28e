import EventLoop
import Foundation
import HTTP
import HTTPServer
import Logging

/// A handler made of a closure.
final class Answering: Handler {
    private let body: (Request) async -> Response

    init(_ body: @escaping (Request) async -> Response) { self.body = body }

    func respond(to request: Request) async -> Response { await body(request) }
}

/// Starts a server, lets `test` talk to it and stops it.
func withServer(
    _ change: (inout ServerSettings) -> Void = { _ in },
    answering: @escaping @Sendable (Request) async -> Response,
    _ test: (HTTPServer) async throws -> Void
) async throws {
    var settings = ServerSettings()
    settings.port = 0
    change(&settings)
    let server = try HTTPServer(
        settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) {
        _ in Answering { await answering($0) }
    }
    try await server.start()
    do { try await test(server) } catch {
        _ = await server.stop(within: .seconds(1))
        throw error
    }
    _ = await server.stop(within: .seconds(5))
}

/// A blocking client that speaks octets, used off the server's threads.
final class Client: Sendable {
    let descriptor: Int32

    init(_ port: UInt16) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafePointer(to: address) { pointer in
            _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, size)
            }
        }
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience,
            socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.send(
                    descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// Everything until the server closes or `enough` says so.
    func receive(until enough: (String) -> Bool = { _ in false }) async -> String {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while !enough(String(decoding: all, as: UTF8.self)) {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            all += buffer.prefix(count)
        }
        return String(decoding: all, as: UTF8.self)
    }

    func stopSending() { shutdown(descriptor, Int32(SHUT_WR)) }
}
