internal import CLinux
internal import EventLoop
internal import Foundation

/// Why a connection ended before its work was done.
enum ConnectionEnd: Error {
    /// The peer closed or reset it.
    case gone
    /// A deadline passed.
    case tooSlow
}

/// A connected socket, non-blocking, on a loop. Confined to the loop; one waits at a time.
final class Socket {
    private let descriptor: Int32
    private let loop: EventLoop
    private var watch: EventLoop.Watch?
    private var waiter: CheckedContinuation<Void, any Error>?
    private var isResting = false
    /// Told when something has come while nobody waited.
    var wake: () -> Void = {}
    /// When the current step must be over.
    var deadline: ContinuousClock.Instant

    init(_ descriptor: Int32, on loop: EventLoop) {
        self.descriptor = descriptor
        self.loop = loop
        deadline = loop.now
    }

    var now: ContinuousClock.Instant { loop.now }

    var isLate: Bool { deadline <= now }

    var isOpen: Bool { !isClosed }

    /// Whether the peer still holds the line: what it has sent after its request, if anything, is
    /// not its last answer.
    var isAwaited: Bool {
        var byte: UInt8 = 0
        let count = isClosed ? 0 : recv(descriptor, &byte, 1, Int32(MSG_PEEK))
        return count > 0 || count < 0 && (errno == EAGAIN || errno == EINTR)
    }
    private var isClosed = false
    /// The last read took all there was: asking the kernel again at once would only be told so. If
    /// more came since, the wait ends at once.
    private var isDrained = false

    /// What a look at the wire found.
    enum Arrival { case some, nothingYet, end }

    /// Appends what has come to `input` and does not wait.
    func take(
        into input: inout [UInt8], scratch: UnsafeMutableRawBufferPointer
    ) throws -> Arrival {
        if isDrained {
            isDrained = false
            return .nothingYet
        }
        while true {
            let count = isClosed ? 0 : recv(descriptor, scratch.baseAddress, scratch.count, 0)
            if count > 0 {
                input.append(contentsOf: UnsafeRawBufferPointer(rebasing: scratch[..<count]))
                isDrained = count < scratch.count
                return .some
            }
            if count == 0 { return .end }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .nothingYet
            default: throw ConnectionEnd.gone
            }
        }
    }

    /// Appends what has come to `input`, and waits for it. Returns false at the end of the stream.
    func read(into input: inout [UInt8], scratch: UnsafeMutableRawBufferPointer) async throws
        -> Bool
    {
        while true {
            switch try take(into: &input, scratch: scratch) {
            case .some: return true
            case .end: return false
            case .nothingYet: try await wait(for: .readable)
            }
        }
    }

    /// Lets nobody wait until something comes, and then calls `wake`. Throws when it cannot be
    /// watched.
    func rest() throws {
        isResting = true
        try watchFor(.readable)
    }

    /// Whether it has rested longer than it may; it does so no more.
    func endsRest(at now: ContinuousClock.Instant) -> Bool {
        guard isResting, deadline <= now else { return false }
        isResting = false
        return true
    }

    /// Sends all of it. Never raises SIGPIPE.
    func write(_ bytes: [UInt8]) async throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                isClosed
                    ? 0
                    : send(
                        descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent,
                        Int32(MSG_NOSIGNAL))
            }
            if count > 0 { sent += count } else { try await recover(from: count) }
        }
    }

    /// Sends a part of a file without bringing it into the process.
    func write(file: Int32, offset: Int, length: Int) async throws {
        var position = off_t(offset)
        let end = position + off_t(length)
        while position < end {
            let count =
                isClosed
                ? 0 : sendfile(descriptor, file, &position, Int(min(end - position, 1 << 20)))
            if count == 0 { throw ConnectionEnd.gone }
            if count < 0 { try await recover(from: count) }
            await Task.yield()  // a client that takes as fast as we send must not keep the loop
        }
    }

    private func recover(from count: Int) async throws {
        guard count < 0 else { throw ConnectionEnd.gone }
        switch errno {
        case EINTR: return
        case EAGAIN: try await wait(for: .writable)
        default: throw ConnectionEnd.gone
        }
    }

    /// Says that nothing more will be sent.
    func finishWriting() { if !isClosed { shutdown(descriptor, Int32(SHUT_WR)) } }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        if let watch { loop.cancel(watch) }
        watch = nil
        Foundation.close(descriptor)
        waiter?.resume(throwing: ConnectionEnd.gone)
        waiter = nil
    }

    func wait(for interest: EventLoop.Interest) async throws {
        try await withCheckedThrowingContinuation { continuation in
            waiter = continuation
            do { try watchFor(interest) } catch { close() }
        }
    }

    /// Ends a wait whose deadline has passed. The worker asks a few times a second, which is
    /// cheaper than a timer for every wait.
    func expire(at now: ContinuousClock.Instant) {
        guard let waiter, deadline <= now else { return }
        self.waiter = nil
        waiter.resume(throwing: ConnectionEnd.tooSlow)
    }

    private func watchFor(_ interest: EventLoop.Interest) throws {
        if let watch { return loop.change(watch, to: interest) }
        watch = try loop.watch(descriptor, for: interest) { [weak self] _ in self?.becameReady() }
    }

    private func becameReady() {
        if let waiter {
            self.waiter = nil
            return waiter.resume()
        }
        if isResting {
            isResting = false
            return wake()
        }
        // Level-triggered: with nobody waiting it would be told again and again.
        if let watch { loop.cancel(watch) }
        watch = nil
    }
}
