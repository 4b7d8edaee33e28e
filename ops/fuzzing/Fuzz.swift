// Compiled into one module with Sources/HTTP by ops/fuzz. libFuzzer calls the last function with octets of
// its making; a broken promise traps, and libFuzzer keeps the octets.

/// What a connection would learn from octets that come in these pieces.
private struct Outcome: Equatable {
    var heads: [RequestHead] = []
    var bodies: [[UInt8]] = []
    var refusal: Int?
}

private func read(_ pieces: [ArraySlice<UInt8>], _ limits: ParserLimits) -> Outcome {
    var outcome = Outcome()
    var parser = RequestParser(limits: limits)
    var decoder: BodyDecoder?
    var buffer: [UInt8] = []
    for piece in pieces {
        buffer += piece
        while outcome.refusal == nil {
            if var current = decoder {
                let step = current.decode(buffer, into: &outcome.bodies[outcome.bodies.count - 1])
                decoder = current
                switch step {
                case .needMore(let consumed): buffer.removeFirst(consumed)
                case .finished(let consumed):
                    buffer.removeFirst(consumed)
                    decoder = nil
                    continue
                case .rejected(let rejection): outcome.refusal = rejection.status.code
                }
                break
            }
            guard !buffer.isEmpty else { break }
            switch parser.advance(buffer) {
            case .needMore: break
            case .rejected(let rejection): outcome.refusal = rejection.status.code
            case .head(let head, let consumed):
                buffer.removeFirst(consumed)
                outcome.heads.append(head)
                outcome.bodies.append([])
                if !head.framing.isEmpty { decoder = BodyDecoder(head.framing, limits: limits) }
                continue
            }
            break
        }
    }
    return outcome
}

/// However a connection's octets are cut, they mean the same.
private func checkParser(_ bytes: [UInt8]) {
    var limits = ParserLimits.standard
    if let first = bytes.first, first & 1 == 1 {
        limits.requestLine = 40
        limits.fieldLine = 40
        limits.head = 160
        limits.fields = 6
        limits.trailers = 40
    }
    let whole = read([bytes[...]], limits)
    let cut = bytes.isEmpty ? 0 : Int(bytes[bytes.count / 2]) % (bytes.count + 1)
    precondition(read([bytes[..<cut], bytes[cut...]], limits) == whole, "split at \(cut)")
    if bytes.count <= 512 {
        precondition(read(bytes.indices.map { bytes[$0...$0] }, limits) == whole, "octet by octet")
    }
    for head in whole.heads { check(head, limits) }
}

/// What every head keeps that is let through.
private func check(_ head: RequestHead, _ limits: ParserLimits) {
    precondition(head.authority != nil || head.version == .http10)
    precondition(head.headers.count <= limits.fields)
    for (name, value) in head.headers.fields {
        precondition(!name.isEmpty && name.utf8.allSatisfy(ByteClass.isToken))
        precondition(value.utf8.allSatisfy(ByteClass.isFieldContent))
    }
    for segment in head.target.segments {
        precondition(segment != "." && segment != ".." && !segment.utf8.contains(0x2F))
        precondition(segment.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0x5C })
    }
    if !head.target.isAsterisk {
        precondition(Target(origin: Array(head.target.path.utf8)[...]) != nil)
    }
    if head.framing == .chunked { precondition(head.version == .http11) }
}

/// Everything else that reads what a client wrote: it answers or refuses, and never traps.
private func checkFields(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    _ = try? Form(parsing: bytes[...], limit: 50)
    _ = MediaType(text)
    _ = HTTPDate(text)
    _ = EntityTag.list(text)
    if case .part(let range) = ByteRange("bytes=" + text, length: 1_000) {
        precondition(!range.isEmpty && range.lowerBound >= 0 && range.upperBound <= 1_000)
    }
    if let value = try? HeaderValue(text) {
        var response = Response(.ok, body: .bytes([]))
        response.headers.append("X", value)
        var output: [UInt8] = []
        _ = response.writeHead(
            to: &output,
            ResponseContext(version: .http11, isHead: false, keepsAlive: true, date: []))
        let lines = output.split(separator: 0x0A, omittingEmptySubsequences: false).count
        precondition(lines == 6, "a value that makes a line of its own")
    }
    // By octets: a slash with a combining mark behind it is another Character.
    if OwnPath.isOwn(text) {
        precondition(text.utf8.starts(with: "/".utf8) && !text.utf8.starts(with: "//".utf8))
    }
}

private func checkMultipart(_ bytes: [UInt8]) {
    let type = MediaType("multipart/form-data; boundary=X")
    let cut = bytes.isEmpty ? 0 : Int(bytes[bytes.count / 2]) % (bytes.count + 1)
    let whole = multipart([bytes[...]], type)
    precondition(multipart([bytes[..<cut], bytes[cut...]], type) == whole, "split at \(cut)")
}

/// The parts with their whole content, or nothing of a body that is refused.
private func multipart(_ pieces: [ArraySlice<UInt8>], _ type: MediaType?) -> [[UInt8]]? {
    do {
        var parser = try MultipartParser(type, limits: MultipartLimits(files: 1 << 20))
        var parts: [[UInt8]] = []
        for piece in pieces {
            parser.take(Array(piece))
            while let event = try parser.next() {
                switch event {
                case .part: parts.append([])
                case .content(let content): parts[parts.count - 1] += content
                case .partEnd: break
                }
            }
        }
        return parts
    } catch { return nil }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    switch bytes.first {
    case 0x00: checkFields(Array(bytes.dropFirst()))
    case 0x01: checkMultipart(Array(bytes.dropFirst()))
    default: checkParser(bytes)
    }
    return 0
}
