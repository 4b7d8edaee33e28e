internal import CCurl
internal import Glibc
internal import Synchronization

/// Delivers by SMTP through libcurl, on a thread of its own, over one connection that is used again.
public final class SMTPTransport: Transport {
    private let thread: MailThread

    /// `smtp://` or `smtps://`, with user and password in the address if the server wants them. TLS
    /// is demanded unless the server is on this machine.
    public init(url: String) { thread = MailThread(url: url) }

    public func deliver(_ letter: Letter) async throws(MailFailure) {
        let failure = await withCheckedContinuation { continuation in
            thread.enqueue(letter) { continuation.resume(returning: $0) }
        }
        if let failure { throw failure }
    }

    /// Greets the server and signs in as for a letter, but sends none.
    static func canBeReached(_ url: String) -> Bool { SMTPSession(url: url).greets }
}

/// libcurl blocks, so it has a thread where that harms nobody.
private final class MailThread: Sendable {
    private struct Work: Sendable {
        let letter: Letter
        let done: @Sendable (MailFailure?) -> Void
    }

    private let url: String
    private let work = Mutex<[Work]>([])
    private let isRunning = Mutex(false)

    init(url: String) { self.url = url }

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
        let session = SMTPSession(url: url)
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

/// One easy handle of libcurl. Confined to the thread that made it.
private final class SMTPSession {
    private let handle = curl_easy_init()
    private let url: String

    init(url: String) { self.url = url }

    deinit { curl_easy_cleanup(handle) }

    /// Whether the server lets us in, within five seconds.
    var greets: Bool {
        guard let handle else { return false }
        setUp(handle)
        ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, 5_000)
        ccurl_set_long(handle, CURLOPT_CONNECT_ONLY, 1)
        return curl_easy_perform(handle) == CURLE_OK
    }

    private func setUp(_ handle: UnsafeMutableRawPointer) {
        curl_easy_reset(handle)
        ccurl_set_text(handle, CURLOPT_URL, url)
        ccurl_set_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        ccurl_set_long(handle, CURLOPT_USE_SSL, isLocal ? 0 : 3)  // CURLUSESSL_NONE, _ALL
        ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, 10_000)
    }

    func send(_ letter: Letter) -> MailFailure? {
        guard let handle else { return .unreachable }
        let upload = Upload(letter.message)
        let recipients = curl_slist_append(nil, "<\(letter.recipient)>")
        defer { curl_slist_free_all(recipients) }
        setUp(handle)
        ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, 60_000)
        ccurl_set_text(handle, CURLOPT_MAIL_FROM, "<\(letter.sender)>")
        ccurl_set_list(handle, CURLOPT_MAIL_RCPT, recipients)
        ccurl_set_long(handle, CURLOPT_UPLOAD, 1)
        ccurl_set_reader(handle, readUpload)
        ccurl_set_pointer(handle, CURLOPT_READDATA, Unmanaged.passUnretained(upload).toOpaque())
        let outcome = withExtendedLifetime(upload) { curl_easy_perform(handle) }
        return outcome == CURLE_OK ? nil : failure(handle)
    }

    private var isLocal: Bool {
        ["smtp://127.0.0.1", "smtp://localhost", "smtp://[::1]"].contains { url.hasPrefix($0) }
    }

    private func failure(_ handle: UnsafeMutableRawPointer) -> MailFailure {
        var code = 0
        ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &code)
        switch code {
        case 500...599: return .permanent(code)
        case 400...499: return .temporary(code)
        default: return .unreachable
        }
    }
}

/// Bytes that libcurl asks for piece by piece.
private final class Upload {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    func read(into buffer: UnsafeMutablePointer<CChar>, _ room: Int) -> Int {
        let piece = rest.prefix(room)
        piece.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress { memcpy(buffer, start, bytes.count) }
        }
        rest = rest.dropFirst(piece.count)
        return piece.count
    }
}

private func readUpload(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let buffer, let context else { return 0 }
    return Unmanaged<Upload>.fromOpaque(context).takeUnretainedValue()
        .read(into: buffer, size * count)
}
