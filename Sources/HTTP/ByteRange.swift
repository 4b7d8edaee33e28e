/// A single range of a `Range: bytes=` field (RFC 9110 14).
public enum ByteRange: Sendable, Hashable {
    /// No range, several, another unit or a malformed one: the whole is sent.
    case whole
    case part(Range<Int>)
    /// Nothing of the range exists: 416.
    case unsatisfiable

    /// Reads the field for a representation of `length` octets.
    public init(_ text: String, length: Int) {
        guard text.utf8.prefix(6).matches("bytes="),
            let (first, last) = ByteRange.bounds(Array(text.utf8.dropFirst(6)))
        else {
            self = .whole
            return
        }
        self = ByteRange.resolve(first, last, length)
    }

    private static func resolve(_ first: Int?, _ last: Int?, _ length: Int) -> ByteRange {
        switch (first, last) {
        case (let first?, let last?) where last < first: .whole
        case (let first?, let last):
            first < length
                ? .part(first..<min(last ?? length, length - 1) + 1) : .unsatisfiable
        case (nil, let suffix?):
            suffix > 0 && length > 0 ? .part(max(0, length - suffix)..<length) : .unsatisfiable
        case (nil, nil): .whole
        }
    }

    private static func bounds(_ text: [UInt8]) -> (first: Int?, last: Int?)? {
        let halves = text.split(
            separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard halves.count == 2, !(halves[0].isEmpty && halves[1].isEmpty),
            let first = bound(halves[0]), let last = bound(halves[1])
        else { return nil }
        return (first, last)
    }

    /// A number, nothing (the inner nil) or malformed (the outer).
    private static func bound(_ digits: ArraySlice<UInt8>) -> Int?? {
        if digits.isEmpty { return .some(nil) }
        guard digits.count <= 18, digits.allSatisfy(ByteClass.isDigit) else { return nil }
        return .some(digits.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
}

extension Response {
    /// This answer with its validators, or what the request's conditions make of it: 304, 412,
    /// 206 with a part of the bytes or the file, 416. Only a 200 is changed.
    public func answering(_ request: RequestHead, _ validators: Validators) -> Response {
        guard status == .ok else { return self }
        var answer = self
        if let tag = validators.entityTag { answer.headers.set(.etag, tag.fieldValue) }
        if let date = validators.lastModified {
            answer.headers.set(.lastModified, HeaderValue(stringLiteral: date.description))
        }
        switch validators.evaluate(request) {
        case .failed: return .plain(.preconditionFailed)
        case .notModified: return answer.notModified()
        case .proceed: return answer.ranged(request, validators)
        }
    }

    private func notModified() -> Response {
        var answer = self
        answer.status = .notModified
        answer.body = .empty
        answer.headers.remove(.contentType)
        answer.headers.remove(.contentDisposition)
        return answer
    }

    private func ranged(_ request: RequestHead, _ validators: Validators) -> Response {
        guard let length = rangeableLength else { return self }
        var answer = self
        answer.headers.set(.acceptRanges, "bytes")
        guard request.method == .get, let field = request.headers.single(.range),
            validators.allowsRange(request.headers)
        else { return answer }
        switch ByteRange(field, length: length) {
        case .whole: return answer
        case .part(let range): return answer.part(range, of: length)
        case .unsatisfiable:
            return Response.plain(.rangeNotSatisfiable)
                .with(.contentRange, HeaderValue(stringLiteral: "bytes */\(length)"))
        }
    }

    private var rangeableLength: Int? {
        switch body {
        case .bytes(let bytes): bytes.count
        case .file(let file): file.length
        case .pieces(let length, _): length
        case .empty, .stream: nil
        }
    }

    private func part(_ range: Range<Int>, of length: Int) -> Response {
        var answer = self
        answer.status = .partialContent
        let value = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)"
        answer.headers.set(.contentRange, HeaderValue(stringLiteral: value))
        switch body {
        case .bytes(let bytes): answer.body = .bytes(Array(bytes[range]))
        case .file(let file):
            answer.body = .file(
                FileBody(
                    path: file.path, offset: file.offset + range.lowerBound, length: range.count))
        case .pieces(_, let write):
            answer.body = .stream(length: range.count) { try await write(range, $0) }
        case .empty, .stream: break
        }
        return answer
    }
}
