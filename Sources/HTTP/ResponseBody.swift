/// Where a handler that streams its answer puts the octets; implemented by the server.
///
/// Called on the caller's actor, so a writer may be confined to the worker of its connection.
public protocol BodyWriter: AnyObject {
    /// Suspends while the client is behind.
    ///
    /// - Throws: where the client is gone or the write deadline has passed.
    func write(_ bytes: [UInt8]) async throws
}

/// A part of a file to send.
public struct FileBody: Sendable, Hashable {
    /// Absolute path on this machine; never made from what a client sent.
    public var path: String
    /// In octets from the file's start.
    public var offset: Int
    /// In octets.
    public var length: Int

    public init(path: String, offset: Int = 0, length: Int) {
        self.path = path
        self.offset = offset
        self.length = length
    }
}

/// A response's content.
public enum ResponseBody {
    case empty
    case bytes([UInt8])
    case file(FileBody)
    /// Written as it is made. Without a length it goes out chunked, or until the connection
    /// closes in HTTP/1.0. An error after the head closes the connection without the last chunk,
    /// so the client sees that something is missing.
    case stream(length: Int?, (any BodyWriter) async throws -> Void)
    /// Of a known length, and any part of it can be written by itself: `Range` is answered.
    case pieces(length: Int, (Range<Int>, any BodyWriter) async throws -> Void)

    /// In octets; nil where it is not known beforehand.
    public var length: Int? {
        switch self {
        case .empty: 0
        case .bytes(let bytes): bytes.count
        case .file(let file): file.length
        case .stream(let length, _): length
        case .pieces(let length, _): length
        }
    }
}
