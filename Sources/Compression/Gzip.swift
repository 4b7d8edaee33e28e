internal import CZlib

/// The octets as a gzip file (RFC 1952), as small as zlib makes them; nil where it cannot. For what
/// is made once and sent often.
public func gzip(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard czlib_begin_gzip(&stream) == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    let status = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            return deflate(&stream, Z_FINISH)
        }
    }
    guard status == Z_STREAM_END else { return nil }
    return Array(output.prefix(Int(stream.total_out)))
}

/// What is in a gzip file of one member; nil where it is none, where something stands behind it,
/// and where it holds more than `limit` octets: a small file may say that it is enormous.
public func gunzip(_ bytes: [UInt8], upTo limit: Int) -> [UInt8]? {
    unpack(bytes, upTo: limit, czlib_begin_gunzip)
}

/// The same of a zlib stream (RFC 1950), as PNG has them.
public func inflate(_ bytes: [UInt8], upTo limit: Int) -> [UInt8]? {
    unpack(bytes, upTo: limit, czlib_begin_inflate)
}

/// CRC-32 as PNG and gzip have it.
public func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var bytes = Array(bytes)
    return bytes.withUnsafeMutableBufferPointer {
        UInt32(truncatingIfNeeded: crc32(0, $0.baseAddress, UInt32($0.count)))
    }
}

private func unpack(
    _ bytes: [UInt8], upTo limit: Int, _ begin: (UnsafeMutablePointer<z_stream>) -> Int32
) -> [UInt8]? {
    var stream = z_stream()
    guard begin(&stream) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: limit + 1)
    let status = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            return CZlib.inflate(&stream, Z_FINISH)
        }
    }
    guard status == Z_STREAM_END, stream.avail_in == 0, stream.total_out <= limit else {
        return nil
    }
    return Array(output.prefix(Int(stream.total_out)))
}
