internal import CLibpq
internal import Glibc

/// A value in the database that does not parse as what it must be: our failure, never a guess.
/// Names the column and not the value, because the value may be somebody's.
public struct CorruptRow: Error, CustomStringConvertible {
    public let column: String
    public init(column: String) { self.column = column }
    public var description: String { "column \(column) cannot be read" }
}

/// One row of an answer. Columns are read by name; what is not there or does not parse throws
/// `CorruptRow`.
public struct Row: Sendable {
    let answer: QueryResult
    let index: Int32

    /// The text of a column, nil for NULL.
    public func optionalString(_ column: String) throws -> String? {
        let position = try answer.position(of: column)
        return answer.bytes(index, position).map { String(decoding: $0, as: UTF8.self) }
    }

    public func string(_ column: String) throws -> String {
        guard let text = try optionalString(column) else { throw CorruptRow(column: column) }
        return text
    }

    /// The text of the column at a place, nil for NULL; for answers of many columns, where looking
    /// each up by name would cost more than reading it. A place beyond the last is nil.
    public func optionalString(at place: Int) -> String? {
        answer.bytes(index, Int32(place)).map { String(decoding: $0, as: UTF8.self) }
    }

    public func int(_ column: String) throws -> Int { try read(column) { Int($0) } }

    public func optionalInt(_ column: String) throws -> Int? {
        try optionalRead(column) { Int($0) }
    }

    public func bool(_ column: String) throws -> Bool {
        try read(column) { $0 == "t" ? true : $0 == "f" ? false : nil }
    }

    /// A `bytea` column.
    public func bytes(_ column: String) throws -> [UInt8] {
        guard let bytes = try optionalBytes(column) else { throw CorruptRow(column: column) }
        return bytes
    }

    public func optionalBytes(_ column: String) throws -> [UInt8]? {
        let position = try answer.position(of: column)
        guard let text = answer.bytes(index, position) else { return nil }
        guard let bytes = unhex(text) else { throw CorruptRow(column: column) }
        return bytes
    }

    /// A column as whatever `parse` makes of its text.
    public func read<Value>(_ column: String, _ parse: (String) -> Value?) throws -> Value {
        guard let value = parse(try string(column)) else { throw CorruptRow(column: column) }
        return value
    }

    public func optionalRead<Value>(
        _ column: String, _ parse: (String) -> Value?
    ) throws -> Value? {
        guard let text = try optionalString(column) else { return nil }
        guard let value = parse(text) else { throw CorruptRow(column: column) }
        return value
    }
}

/// Owns a result of libpq. Unchecked: the result is never changed after it was received.
final class QueryResult: @unchecked Sendable {
    private let result: OpaquePointer

    init(_ result: OpaquePointer) { self.result = result }

    deinit { PQclear(result) }

    var rows: [Row] { (0..<PQntuples(result)).map { Row(answer: self, index: $0) } }

    /// How many rows the statement touched.
    var affectedCount: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    /// What the server says it did: `COMMIT`, `INSERT 0 1`.
    var tag: String { String(cString: PQcmdStatus(result)) }

    /// Compared byte by byte: `PQfnumber` would fold a copy of the name at every call.
    func position(of column: String) throws -> Int32 {
        let (count, result) = (PQnfields(result), result)
        let position = column.withCString { wanted in
            // Every value of every row comes by here.
            var position: Int32 = 0
            while position < count, strcmp(PQfname(result, position), wanted) != 0 { position += 1 }
            return position
        }
        guard position < count else { throw CorruptRow(column: column) }
        return position
    }

    func bytes(_ row: Int32, _ column: Int32) -> UnsafeBufferPointer<UInt8>? {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column)
        else { return nil }
        let count = Int(PQgetlength(result, row, column))
        return UnsafeRawBufferPointer(start: start, count: count).bindMemory(to: UInt8.self)
    }
}

/// Reads the hex form of `bytea`: `\x` and two digits a byte.
private func unhex(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard text.count >= 2, text.count % 2 == 0, text[0] == 0x5C, text[1] == 0x78 else { return nil }
    func digit(_ byte: UInt8) -> UInt8 { byte <= 0x39 ? byte &- 0x30 : (byte | 0x20) &- 0x57 }
    return stride(from: 2, to: text.count, by: 2).map {
        digit(text[$0]) << 4 | digit(text[$0 + 1])
    }
}
