internal import Glibc

/// The system did not let us keep something for a while: no space, or no such folder.
public struct TemporaryFileError: Error, CustomStringConvertible {
    public let call: String
    /// `errno`.
    public let code: Int32

    public var description: String { "\(call): \(String(cString: strerror(code)))" }
}

/// A file without a name, for what is too large to hold while it arrives. Nobody else can open it
/// (mode 0600, never linked), and it is gone with the process at the latest.
public final class TemporaryFile: @unchecked Sendable {
    // Only `count` changes, and only before the file is handed on.
    private let descriptor: Int32
    /// In octets.
    public private(set) var count = 0

    /// In the folder `TMPDIR`, else `/var/tmp`. Throws `TemporaryFileError`.
    public init() throws(TemporaryFileError) {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
        // O_TMPFILE stands behind _GNU_SOURCE: 020000000 with the bit of O_DIRECTORY.
        descriptor = open(folder, O_RDWR | O_CLOEXEC | 0o20_000_000 | O_DIRECTORY, 0o600)
        guard descriptor >= 0 else { throw TemporaryFileError(call: "open", code: errno) }
    }

    deinit { close(descriptor) }

    /// Adds octets at the end. Throws `TemporaryFileError` where there is no room.
    public func append(_ bytes: [UInt8]) throws(TemporaryFileError) {
        var written = 0
        while written < bytes.count {
            let taken = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if taken < 0, errno == EINTR { continue }
            guard taken > 0 else { throw TemporaryFileError(call: "write", code: errno) }
            written += taken
        }
        count += bytes.count
    }

    /// Everything. Takes milliseconds for a large file: call it off the loop.
    public func contents() throws(TemporaryFileError) -> [UInt8] {
        var position = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while position < count {
                let taken = pread(
                    descriptor, buffer.baseAddress?.advanced(by: position), count - position,
                    off_t(position))
                if taken < 0, errno == EINTR { continue }
                guard taken > 0 else { break }
                position += taken
            }
            filled = position
        }
        guard bytes.count == count else { throw TemporaryFileError(call: "pread", code: errno) }
        return bytes
    }
}
