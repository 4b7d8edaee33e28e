/// What the server knows when it writes a response's head.
public struct ResponseContext: Sendable {
    public var version: Version
    /// True for HEAD: the head is that of GET, the body stays out (RFC 9110 9.3.2).
    public var isHead: Bool
    /// Whether the connection may serve another request.
    public var keepsAlive: Bool
    /// The 29 octets of `HTTPDate.bytes`, made once a second.
    public var date: [UInt8]

    public init(version: Version, isHead: Bool, keepsAlive: Bool, date: [UInt8]) {
        self.version = version
        self.isHead = isHead
        self.keepsAlive = keepsAlive
        self.date = date
    }

    public init(_ request: RequestHead, keepsAlive: Bool, date: [UInt8]) {
        self.init(
            version: request.version, isHead: request.method == .head,
            keepsAlive: keepsAlive && request.keepsAlive, date: date)
    }
}

/// How the body goes out behind the head that was written.
public struct Delivery: Sendable, Hashable {
    public enum Transfer: Sendable, Hashable {
        /// Nothing follows the head.
        case none
        /// As many octets as the head says.
        case plain
        /// By `ChunkedEncoder`.
        case chunked
        /// As it is, until the connection closes.
        case untilClose
    }

    public let transfer: Transfer
    /// Whether the head says that the connection stays open.
    public let keepsAlive: Bool
}

extension Response {
    /// Appends the status line and all fields with the empty line.
    ///
    /// `Date`, `Content-Length`, `Transfer-Encoding` and `Connection` are the writer's alone; a
    /// handler's own are left out.
    public func writeHead(to output: inout [UInt8], _ context: ResponseContext) -> Delivery {
        let transfer = transfer(context)
        let keepsAlive = context.keepsAlive && transfer != .untilClose
        output.reserveCapacity(output.count + headers.storage.count + 256)
        writeStatusLine(to: &output)
        output.append(contentsOf: context.date)
        output.append(literal: "\r\n")
        writeFields(to: &output)
        writeFraming(to: &output, transfer)
        writeConnection(to: &output, context.version, keepsAlive)
        output.append(literal: "\r\n")
        let isSilent = context.isHead || !status.allowsBody
        return Delivery(transfer: isSilent ? .none : transfer, keepsAlive: keepsAlive)
    }

    /// The interim answer that asks for the body (RFC 9110 10.1.1).
    public static let goOn = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    private func transfer(_ context: ResponseContext) -> Delivery.Transfer {
        guard status.allowsBody else { return .none }
        if body.length != nil { return .plain }
        if context.version == .http11 { return .chunked }
        return context.isHead ? .none : .untilClose
    }

    /// The status line and the beginning of the date. Gives where the date begins.
    @discardableResult
    func writeStatusLine(to output: inout [UInt8]) -> Int {
        if status == .ok {
            output.append(literal: "HTTP/1.1 200 OK\r\nDate: ")
            return output.count
        }
        output.append(literal: "HTTP/1.1 ")
        output.append(decimal: status.code)
        output.append(0x20)
        output.append(literal: status.reason)
        output.append(literal: "\r\nDate: ")
        return output.count
    }

    private func writeFields(to output: inout [UInt8]) {
        if headers.isGapless, !headers.entries.contains(where: isOurs) {
            output.append(contentsOf: headers.storage)
            return
        }
        for entry in headers.entries where !isOurs(entry) {
            output.append(contentsOf: headers.bytes(entry.name))
            output.append(literal: ": ")
            output.append(contentsOf: headers.bytes(entry.value))
            output.append(literal: "\r\n")
        }
    }

    private func writeFraming(to output: inout [UInt8], _ transfer: Delivery.Transfer) {
        switch transfer {
        case .none, .untilClose: return
        case .chunked: output.append(literal: "Transfer-Encoding: chunked\r\n")
        case .plain:
            output.append(literal: "Content-Length: ")
            output.append(decimal: body.length ?? 0)
            output.append(literal: "\r\n")
        }
    }

    private func writeConnection(
        to output: inout [UInt8], _ version: Version, _ keepsAlive: Bool
    ) {
        if !keepsAlive {
            output.append(literal: "Connection: close\r\n")
        } else if version == .http10 {
            output.append(literal: "Connection: keep-alive\r\n")
        }
    }

    private func isOurs(_ entry: Headers.Entry) -> Bool {
        switch entry.name.count {
        case 4: headers.isNamed(entry, .date)
        case 10: headers.isNamed(entry, .connection)
        case 14: headers.isNamed(entry, .contentLength)
        case 17: headers.isNamed(entry, .transferEncoding)
        default: false
        }
    }
}

/// Wraps octets in chunks (RFC 9112 7.1).
public enum ChunkedEncoder {
    /// Appends one chunk; nothing for no octets, since an empty chunk would end the body.
    public static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        output.append(contentsOf: String(bytes.count, radix: 16).utf8)
        output.append(literal: "\r\n")
        output.append(contentsOf: bytes)
        output.append(literal: "\r\n")
    }

    /// The last chunk. Never sent after an error.
    public static let end = Array("0\r\n\r\n".utf8)
}

extension [UInt8] {
    @inline(__always)
    mutating func append(literal: StaticString) {
        append(
            contentsOf: UnsafeBufferPointer(
                start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// Appends a number that is not negative.
    mutating func append(decimal number: Int) {
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(number / divisor % 10) + 0x30)
            divisor /= 10
        }
    }
}
