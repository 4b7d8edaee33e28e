internal import CLibpq

/// The parameters of one statement laid out as libpq wants them; its room is used again and again,
/// unless a large statement made it large. Confined to a connection.
final class ParameterBuffers {
    private static let kept = 64 << 10
    private var buffer: [UInt8] = []
    private var starts: [Int] = []
    private var values: [UnsafePointer<CChar>?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    /// Sends a prepared statement. Throws `PostgresError.nulInText`.
    func send(
        _ name: String, _ parameters: [SQLParameter], on handle: OpaquePointer?
    ) throws -> Bool {
        guard !parameters.isEmpty else {
            return PQsendQueryPrepared(handle, name, 0, nil, nil, nil, 0) == 1
        }
        defer { if buffer.capacity > Self.kept { buffer = [] } }
        try fill(parameters)
        return buffer.withUnsafeBytes { bytes in
            let base = bytes.bindMemory(to: CChar.self).baseAddress
            values.removeAll(keepingCapacity: true)
            for start in starts { values.append(start < 0 ? nil : base?.advanced(by: start)) }
            return PQsendQueryPrepared(
                handle, name, Int32(parameters.count), values, lengths, formats, 0) == 1
        }
    }

    private func fill(_ parameters: [SQLParameter]) throws {
        buffer.removeAll(keepingCapacity: true)
        buffer.reserveCapacity(parameters.reduce(0) { $0 + $1.byteCount + 1 })
        starts.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        for parameter in parameters {
            switch parameter {
            case .null: place(start: -1, length: 0, format: 0)
            case .bytes(let bytes):
                place(start: buffer.count, length: parameter.byteCount, format: 1)
                buffer.append(contentsOf: bytes)
            case .text(let text):
                place(start: buffer.count, length: parameter.byteCount, format: 0)
                try append(text)
            }
            buffer.append(0)
        }
    }

    private func append(_ text: String) throws {
        let start = buffer.count
        buffer.append(contentsOf: text.utf8)
        guard !buffer[start...].contains(0) else { throw PostgresError.nulInText }
    }

    private func place(start: Int, length: Int, format: Int32) {
        starts.append(start)
        lengths.append(Int32(length))
        formats.append(format)
    }
}
