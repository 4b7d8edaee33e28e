internal import Glibc
internal import Synchronization

/// Delivers by SMTP through libcurl, on a thread of its own, over one connection that is used
/// again.
public final class SMTPTransport: Transport {
    private let thread: MailThread

    /// `smtp://` or `smtps://`, with user and password in the address if the server wants them. TLS
    /// is demanded unless the server is on this machine.
    public init(url: String, authorities: String? = nil) {
        thread = MailThread(url: url, authorities)
    }

    public func deliver(_ letter: Letter) async throws(MailFailure) {
        let failure = await withCheckedContinuation { continuation in
            thread.enqueue(letter) { continuation.resume(returning: $0) }
        }
        if let failure { throw failure }
    }

    /// Greets the server, signs in and names the sender as for a letter, but sends none.
    static func trouble(
        with url: String, from sender: String, _ authorities: String?
    ) -> MailFailure? {
        SMTPSession(url: url, authorities).trouble(with: sender)
    }
}

/// libcurl blocks, so it has a thread where that harms nobody.
private final class MailThread: Sendable {
    private struct Work: Sendable {
        let letter: Letter
        let done: @Sendable (MailFailure?) -> Void
    }

    private let url: String
    private let authorities: String?
    private let work = Mutex<[Work]>([])
    private let isRunning = Mutex(false)

    init(url: String, _ authorities: String?) {
        self.url = url
        self.authorities = authorities
    }

    func enqueue(_ letter: Letter, done: @escaping @Sendable (MailFailure?) -> Void) {
        work.withLock { $0.append(Work(letter: letter, done: done)) }
        let mustStart = isRunning.withLock { running in
            defer { running = true }
            return !running
        }
        guard mustStart else { return }
        var thread = pthread_t()
        let this = Unmanaged.passRetained(self)
        pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<MailThread>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, this.toOpaque())
        pthread_detach(thread)
    }

    /// Sends what waits, then ends; the next letter starts a thread again.
    private func run() {
        let session = SMTPSession(url: url, authorities)
        while true {
            let next = isRunning.withLock { running -> Work? in
                let next = work.withLock { $0.isEmpty ? nil : $0.removeFirst() }
                if next == nil { running = false }
                return next
            }
            guard let next else { return }
            next.done(session.send(next.letter))
        }
    }
}
