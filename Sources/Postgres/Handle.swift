internal import CLibpq

/// Sends a prepared statement with its parameters laid out as libpq wants them.
struct Handle {
    let pointer: OpaquePointer

    func sendPrepared(_ name: String, _ parameters: [SQLParameter]) throws -> Bool {
        let layout = try ParameterLayout(parameters)
        return layout.withPointers { values, lengths, formats in
            PQsendQueryPrepared(
                pointer, name, Int32(parameters.count), values, lengths, formats, 0) == 1
        }
    }
}

/// All parameters in one buffer, each followed by NUL, with where each begins.
struct ParameterLayout {
    private var buffer: [UInt8] = []
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ parameters: [SQLParameter]) throws {
        for parameter in parameters {
            switch parameter {
            case .null: append(Optional<[UInt8]>.none, format: 0)
            case .bytes(let bytes): append(bytes, format: 1)
            case .text(let text):
                guard !text.utf8.contains(0) else { throw PostgresError.nulInText }
                append(text.utf8, format: 0)
            }
        }
    }

    private mutating func append(_ bytes: (some Collection<UInt8>)?, format: Int32) {
        offsets.append(bytes.map { _ in buffer.count })
        lengths.append(Int32(bytes?.count ?? 0))
        formats.append(format)
        if let bytes { buffer.append(contentsOf: bytes) }
        buffer.append(0)
    }

    func withPointers<Value>(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?,
            UnsafePointer<Int32>?
        ) -> Value
    ) -> Value {
        buffer.withUnsafeBytes { bytes in
            let base = bytes.bindMemory(to: CChar.self).baseAddress
            let values = offsets.map { offset in offset.flatMap { base?.advanced(by: $0) } }
            return values.withUnsafeBufferPointer { values in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(values.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }
}
