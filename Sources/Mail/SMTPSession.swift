internal import CCurl
internal import Glibc

/// One easy handle of libcurl. Confined to the thread that made it.
final class SMTPSession {
    private let handle = curl_easy_init()
    private let url: String
    /// A file of certificates to trust; nil for those of the system.
    private let authorities: String?
    private let talk = SMTPTalk()

    init(url: String, _ authorities: String?) {
        self.url = url
        self.authorities = authorities
    }

    deinit { curl_easy_cleanup(handle) }

    /// Sends a letter over the connection of the last one, if there is one.
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
        return outcome == CURLE_OK ? nil : talk.failure(outcome)
    }

    /// Whether the server lets us in and takes the sender, within some seconds.
    func trouble(with sender: String) -> MailFailure? {
        guard let handle else { return .unreachable }
        setUp(handle)
        ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, 5_000)
        ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, 5_000)
        ccurl_set_long(handle, CURLOPT_CONNECT_ONLY, 1)
        let outcome = curl_easy_perform(handle)
        guard outcome == CURLE_OK else { return talk.failure(outcome) }
        let line = SMTPLine(handle)
        guard let reply = line.answer(to: "MAIL FROM:<\(sender)>") else { return .unreachable }
        if reply.isRefusal { return reply.failure(of: .sender) }
        _ = line.answer(to: "RSET")
        _ = line.answer(to: "QUIT")
        return nil
    }

    private func setUp(_ handle: UnsafeMutableRawPointer) {
        curl_easy_reset(handle)
        talk.begin()
        ccurl_set_text(handle, CURLOPT_URL, url)
        ccurl_set_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        ccurl_set_long(handle, CURLOPT_USE_SSL, MailServer.isLocal(url) ? 0 : 3)  // _NONE, _ALL
        if let authorities { ccurl_set_text(handle, CURLOPT_CAINFO, authorities) }
        ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, 10_000)
        ccurl_set_long(handle, CURLOPT_VERBOSE, 1)  // told to `listen` instead of printed
        ccurl_set_listener(handle, listen)
        ccurl_set_pointer(handle, CURLOPT_DEBUGDATA, Unmanaged.passUnretained(talk).toOpaque())
    }
}

/// What was said last on both sides; libcurl itself only tells that something was refused.
private final class SMTPTalk {
    private var step = SMTPStep.greeting
    private var refusal: MailFailure?

    func begin() { (step, refusal) = (.greeting, nil) }

    func hear(_ kind: curl_infotype, _ line: String) {
        if kind == CURLINFO_HEADER_OUT, let said = SMTPStep(command: line) { step = said }
        // The answer to a goodbye is not the one that made us go.
        guard kind == CURLINFO_HEADER_IN, step != .goodbye, let reply = SMTPReply(line) else {
            return
        }
        refusal = reply.isRefusal ? reply.failure(of: step) : nil
    }

    func failure(_ outcome: CURLcode) -> MailFailure {
        if let refusal { return refusal }
        switch outcome {
        case CURLE_LOGIN_DENIED: return .ours(.signIn, nil)
        case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            return .ours(.tls, nil)
        default: return step == .recipient || step == .content ? .cutOff : .unreachable
        }
    }
}

private func listen(
    _ handle: UnsafeMutableRawPointer?, _ kind: curl_infotype, _ text: UnsafeMutablePointer<CChar>?,
    _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let text, let context, kind == CURLINFO_HEADER_IN || kind == CURLINFO_HEADER_OUT else {
        return 0
    }
    let bytes = UnsafeRawBufferPointer(start: text, count: min(count, 64))
    Unmanaged<SMTPTalk>.fromOpaque(context).takeUnretainedValue()
        .hear(kind, String(decoding: bytes, as: UTF8.self))
    return 0
}

/// Commands over a connection that libcurl has opened, for what it does not do itself.
private struct SMTPLine {
    private let handle: UnsafeMutableRawPointer
    private let end = ContinuousClock.now + .seconds(5)

    init(_ handle: UnsafeMutableRawPointer) { self.handle = handle }

    /// The last line of the reply; nil when there is none in time.
    func answer(to command: String) -> SMTPReply? {
        var sent = 0
        let line = Array((command + "\r\n").utf8)
        guard curl_easy_send(handle, line, line.count, &sent) == CURLE_OK, sent == line.count
        else { return nil }
        var heard: [UInt8] = []
        while end > .now {
            var (room, count) = ([UInt8](repeating: 0, count: 1_024), 0)
            let outcome = curl_easy_recv(handle, &room, room.count, &count)
            if outcome == CURLE_AGAIN {
                wait()
                continue
            }
            guard outcome == CURLE_OK, count > 0 else { return nil }
            heard += room.prefix(count)
            if let reply = Self.whole(heard) { return reply }
        }
        return nil
    }

    /// The last line, if it has come: a hyphen after the code announces another one.
    private static func whole(_ bytes: [UInt8]) -> SMTPReply? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasSuffix("\r\n"), let last = text.split(whereSeparator: \.isNewline).last,
            last.dropFirst(3).first != "-"
        else { return nil }
        return SMTPReply(String(last))
    }

    private func wait() {
        var socket = pollfd(fd: ccurl_socket(handle), events: Int16(POLLIN), revents: 0)
        poll(&socket, 1, 100)
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
