internal import CLinux
internal import EventLoop
internal import Foundation

/// The server could not listen where it was told to.
public struct ListenError: Error, CustomStringConvertible {
    public let description: String
}

/// How a connection is taken from a listening socket: a descriptor, or -1 with `errno`.
typealias Accept =
    @Sendable (Int32, UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Int32

/// The listening socket, and who gets what it accepts.
actor Listener {
    private let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    private static let backlog = 1024
    private let descriptor: Int32
    private var spare: Int32
    private var watch: EventLoop.Watch?
    private let workers: [Worker]
    private let limiter: ConnectionLimiter
    private let accept: Accept
    private var turn = 0
    nonisolated let port: UInt16

    init(
        _ settings: ServerSettings, workers: [Worker], limiter: ConnectionLimiter,
        accept: @escaping Accept
    ) throws {
        loop = try EventLoop(name: "listener")
        self.workers = workers
        self.limiter = limiter
        self.accept = accept
        let address = try SocketAddress(settings.host, settings.port)
        descriptor = socket(
            address.family,
            Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        spare = open("/dev/null", O_RDONLY | O_CLOEXEC)
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
        guard address.bind(descriptor), listen(descriptor, Int32(Self.backlog)) == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw ListenError(
                description: "cannot listen on \(settings.host):\(settings.port): \(reason)")
        }
        port = SocketAddress.port(of: descriptor)
    }

    func start() throws {
        watch = try loop.watch(descriptor, for: .readable) { [weak self] _ in
            self?.assumeIsolated { $0.acceptAll() }
        }
    }

    /// Takes what the system has accepted for us, and nothing more.
    func stop() {
        acceptAll(upTo: Self.backlog)
        if let watch { loop.cancel(watch) }
        watch = nil
        close(descriptor)
        close(spare)
    }

    private func acceptAll(upTo most: Int = 64) {
        for _ in 0..<most {
            guard !limiter.isFull else { return pause() }
            var address = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let accepted = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    accept(descriptor, $0, &length)
                }
            }
            guard accepted >= 0 else {
                switch errno {
                case EINTR, ECONNABORTED: continue
                case EMFILE, ENFILE: return shed()
                default: return
                }
            }
            hand(accepted, SocketAddress.text(of: &address, length))
        }
    }

    private func hand(_ accepted: Int32, _ peer: String) {
        guard limiter.mayEnter(peer) else {
            close(accepted)
            return
        }
        var yes: Int32 = 1
        setsockopt(accepted, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
        turn = (turn + 1) % workers.count
        let worker = workers[turn]
        Task(executorPreference: worker.loop) { await worker.adopt(accepted, peer: peer) }
    }

    /// No descriptor is left: the spare one is given up to take a connection and close it, so that
    /// its client learns, and accepting rests for a moment.
    private func shed() {
        close(spare)
        let accepted = Foundation.accept(descriptor, nil, nil)
        if accepted >= 0 { close(accepted) }
        spare = open("/dev/null", O_RDONLY | O_CLOEXEC)
        pause()
    }

    private func pause() {
        guard let watch else { return }
        loop.change(watch, to: [])
        loop.schedule(after: .milliseconds(100)) { [weak self] in
            self?.assumeIsolated { listener in
                if let watch = listener.watch { listener.loop.change(watch, to: .readable) }
            }
        }
    }
}
