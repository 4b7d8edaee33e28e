/// Where a body's octets come from; implemented by the server.
///
/// Called on the caller's actor, so a source may be confined to the worker of its connection.
public protocol BodySource: AnyObject {
    /// The next run of octets, never empty; nil at the end.
    ///
    /// - Throws: `RequestBodyError` where the body is cut short or too slow, `Rejection` where its
    ///   coding is broken: never a short success.
    func next() async throws -> [UInt8]?
}

/// A request's body: a sequence of runs of octets, to be read once.
public struct RequestBody {
    fileprivate enum Content {
        case empty
        case bytes([UInt8])
        case source(any BodySource)
    }

    private let content: Content
    /// The length the client declared; nil for a chunked body.
    public let declaredLength: Int?

    private init(_ content: Content, length: Int?) {
        self.content = content
        declaredLength = length
    }

    public static var empty: RequestBody { RequestBody(.empty, length: 0) }

    public static func bytes(_ bytes: [UInt8]) -> RequestBody {
        RequestBody(bytes.isEmpty ? .empty : .bytes(bytes), length: bytes.count)
    }

    /// A body still on the wire; `length` is nil where it is chunked.
    public static func source(_ source: any BodySource, length: Int?) -> RequestBody {
        RequestBody(.source(source), length: length)
    }

    /// The whole body.
    ///
    /// A declared length beyond the limit is refused before the first octet is asked for, so the
    /// server has not sent `100 Continue` then (RFC 9110 10.1.1).
    ///
    /// - Throws: `RequestBodyError.tooLarge` beyond `limit` octets, or the source's error.
    public func collect(upTo limit: Int) async throws -> [UInt8] {
        if let declaredLength, declaredLength > limit { throw RequestBodyError.tooLarge }
        switch content {
        case .empty: return []
        case .bytes(let bytes): return bytes
        case .source(let source):
            var whole: [UInt8] = []
            whole.reserveCapacity(declaredLength ?? 0)
            while let chunk = try await source.next() {
                guard whole.count + chunk.count <= limit else { throw RequestBodyError.tooLarge }
                whole.append(contentsOf: chunk)
            }
            return whole
        }
    }
}

extension RequestBody: AsyncSequence {
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate var content: Content

        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws -> [UInt8]? {
            switch content {
            case .empty: return nil
            case .bytes(let bytes):
                content = .empty
                return bytes
            case .source(let source): return try await source.next()
            }
        }

        public mutating func next() async throws -> [UInt8]? {
            try await next(isolation: #isolation)
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(content: content) }
}

/// Why a body could not be read.
public enum RequestBodyError: StatusError, Equatable {
    /// More octets than the handler takes.
    case tooLarge
    /// The connection ended before the body did.
    case cutShort
    /// The body's deadline has passed.
    case tooSlow

    public var status: Status {
        switch self {
        case .tooLarge: .contentTooLarge
        case .cutShort: .badRequest
        case .tooSlow: .requestTimeout
        }
    }
}
