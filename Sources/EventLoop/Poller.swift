internal import CLinux
internal import Glibc

/// epoll and the eventfd that wakes it; level-triggered.
final class Poller {
    private let descriptor: Int32
    private let wakeUp: Int32
    private var watches: [UInt64: EventLoop.Watch] = [:]
    private var nextToken: UInt64 = 1
    private var events = [epoll_event](repeating: epoll_event(), count: 256)

    init() throws {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw EventLoopError(call: "epoll_create1", code: errno) }
        wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard wakeUp >= 0 else { throw EventLoopError(call: "eventfd", code: errno) }
        try control(EPOLL_CTL_ADD, wakeUp, token: 0, interest: .readable)
    }

    deinit {
        close(wakeUp)
        close(descriptor)
    }

    /// Safe from any thread.
    func wake() {
        var one: UInt64 = 1
        _ = write(wakeUp, &one, 8)
    }

    func add(
        _ file: Int32, _ interest: EventLoop.Interest,
        _ ready: @escaping (EventLoop.Interest) -> Void
    ) throws -> EventLoop.Watch {
        let watch = EventLoop.Watch(file: file, token: nextToken, interest: interest, ready: ready)
        try control(EPOLL_CTL_ADD, file, token: nextToken, interest: interest)
        watches[nextToken] = watch
        nextToken += 1
        return watch
    }

    func change(_ watch: EventLoop.Watch, to interest: EventLoop.Interest) {
        guard watches[watch.token] != nil, watch.interest != interest else { return }
        watch.interest = interest
        try? control(EPOLL_CTL_MOD, watch.file, token: watch.token, interest: interest)
    }

    func remove(_ watch: EventLoop.Watch) {
        guard watches.removeValue(forKey: watch.token) != nil else { return }
        epoll_ctl(descriptor, EPOLL_CTL_DEL, watch.file, nil)
    }

    /// Waits until something is ready; how much is, for `report`.
    func wait(milliseconds: Int32) -> Int {
        max(0, Int(epoll_wait(descriptor, &events, Int32(events.count), milliseconds)))
    }

    /// Tells the watches of what is ready.
    func report(_ count: Int) {
        for event in events.prefix(count) {
            if event.data.u64 == 0 {
                var drained: UInt64 = 0
                _ = read(wakeUp, &drained, 8)
            } else if let watch = watches[event.data.u64] {
                watch.ready(EventLoop.Interest(event.events))
            }
        }
    }

    private func control(
        _ operation: Int32, _ file: Int32, token: UInt64, interest: EventLoop.Interest
    ) throws {
        var event = epoll_event(events: interest.events, data: epoll_data_t(u64: token))
        guard epoll_ctl(descriptor, operation, file, &event) == 0 else {
            throw EventLoopError(call: "epoll_ctl", code: errno)
        }
    }
}

extension EventLoop.Interest {
    /// A hang-up or an error is told as both, so that whoever waits tries and sees it.
    fileprivate init(_ events: UInt32) {
        let ended = EPOLLHUP.rawValue | EPOLLERR.rawValue
        self = []
        if events & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue | ended) != 0 { insert(.readable) }
        if events & (EPOLLOUT.rawValue | ended) != 0 { insert(.writable) }
    }

    fileprivate var events: UInt32 {
        (contains(.readable) ? EPOLLIN.rawValue | EPOLLRDHUP.rawValue : 0)
            | (contains(.writable) ? EPOLLOUT.rawValue : 0)
    }
}
