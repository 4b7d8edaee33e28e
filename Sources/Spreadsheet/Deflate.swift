internal import CIsal

/// Raw deflate (RFC 1951) of one stream at ISA-L's level 1, in flat memory.
final class Deflater {
    private let stream: UnsafeMutablePointer<isal_zstream>
    private let levelBuffer: UnsafeMutablePointer<UInt8>
    private let chunk = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 << 10)

    init() {
        stream = .allocate(capacity: 1)
        let size = Int(cisal_level1_buffer_size())
        levelBuffer = .allocate(capacity: size)
        isal_deflate_init(stream)
        stream.pointee.level = 1
        stream.pointee.level_buf = levelBuffer
        stream.pointee.level_buf_size = UInt32(size)
    }

    deinit {
        stream.deallocate()
        levelBuffer.deallocate()
        chunk.deallocate()
    }

    /// Compresses `bytes` and appends what is ready to `output`; with `isLast` everything.
    func compress(
        _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: inout [UInt8]
    ) {
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.pointee.avail_in = UInt32(bytes.count)
        stream.pointee.end_of_stream = isLast ? 1 : 0
        repeat {
            stream.pointee.next_out = chunk.baseAddress
            stream.pointee.avail_out = UInt32(chunk.count)
            isal_deflate(stream)
            output.append(contentsOf: chunk[..<(chunk.count - Int(stream.pointee.avail_out))])
        } while stream.pointee.avail_out == 0
    }
}

/// CRC-32 of ISO 3309, as ZIP wants it.
struct Checksum {
    private(set) var value: UInt32 = 0

    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        value = crc32_gzip_refl(value, start, UInt64(bytes.count))
    }
}
