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

/// Something that handlers wait for until the test opens it.
struct Gate: Sendable {
    private let waiting: AsyncStream<Void>
    private let opening: AsyncStream<Void>.Continuation

    init() { (waiting, opening) = AsyncStream.makeStream() }

    func wait() async { for await _ in waiting {} }

    func open() { opening.finish() }
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

/// A client that speaks octets. It blocks a thread of its own, none of the tests' few.
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

    /// Sends what fits at once: heads and small bodies.
    func send(_ text: String) { send(Array(text.utf8)) }

    func sendAll(_ bytes: [UInt8], then done: @escaping @Sendable () -> Void) async {
        await aside {
            self.send(bytes)
            done()
        }
    }

    private func aside<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }

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
    func receive(until enough: @escaping @Sendable (String) -> Bool = { _ in false }) async
        -> String
    {
        await aside { self.receiveNow(until: enough) }
    }

    /// How many octets come until these, or until the server closes; for what is large.
    func count(until ending: String) async -> Int {
        await aside {
            var (count, last) = (0, [UInt8]())
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            while last != Array(ending.utf8) {
                let taken = recv(self.descriptor, &buffer, buffer.count, 0)
                guard taken > 0 else { break }
                count += taken
                last = (last + buffer.prefix(taken)).suffix(ending.utf8.count)
            }
            return count
        }
    }

    private func receiveNow(until enough: (String) -> Bool) -> String {
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
