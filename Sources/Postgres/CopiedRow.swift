/// A row of `COPY … TO STDOUT (FORMAT binary)`: its fields are read one after another, each as
/// exactly its column's type, and are nil for NULL. What is not of that type, and what comes after
/// the last field, throws `CorruptRow` with the number of the column. Good only where it is given.
public struct CopiedRow {
    private var rest: Slice<UnsafeRawBufferPointer>
    private var column = 0
    private var fieldsLeft: Int16 = 0

    /// Nil at the end of the rows.
    init?(_ message: UnsafeRawBufferPointer) throws {
        rest = message[...]
        if message.count >= CopyRows.header.count,
            message.prefix(7).elementsEqual(CopyRows.header.prefix(7))
        {
            rest = message[CopyRows.header.count...]
        }
        fieldsLeft = try number()
        if fieldsLeft < 0 { return nil }
    }

    public mutating func smallint() throws -> Int? { try integer(Int16.self) }

    public mutating func integer() throws -> Int? { try integer(Int32.self) }

    public mutating func bigint() throws -> Int? { try integer(Int64.self) }

    public mutating func boolean() throws -> Bool? {
        try field().map { bytes in
            guard bytes.count == 1, let byte = bytes.first, byte < 2 else { throw corrupt }
            return byte == 1
        }
    }

    public mutating func text() throws -> String? {
        try field().map { String(decoding: $0, as: UTF8.self) }
    }

    /// The text of JSON as the server writes it.
    public mutating func jsonb() throws -> String? {
        try field().map { bytes in
            guard bytes.first == 1 else { throw corrupt }
            return String(decoding: bytes.dropFirst(), as: UTF8.self)
        }
    }

    public mutating func bytea() throws -> [UInt8]? { try field().map { Array($0) } }

    /// Days since 1970-01-01; `Int.max` is `infinity`, `Int.min` is `-infinity`.
    public mutating func date() throws -> Int? {
        try fixed(Int32.self).map(CopyEpoch.days.value)
    }

    /// Microseconds since 1970-01-01 in UTC; `Int.max` is `infinity`, `Int.min` is `-infinity`.
    public mutating func timestamptz() throws -> Int? {
        try fixed(Int64.self).map(CopyEpoch.microseconds.value)
    }

    private var corrupt: CorruptRow { CorruptRow(column: String(column)) }

    private mutating func integer<Stored: FixedWidthInteger>(_: Stored.Type) throws -> Int? {
        try fixed(Stored.self).map { Int($0) }
    }

    private mutating func fixed<Stored: FixedWidthInteger>(_: Stored.Type) throws -> Stored? {
        try field().map { bytes in
            guard bytes.count == Stored.bitWidth / 8 else { throw corrupt }
            return CopiedRow.number(bytes)
        }
    }

    private mutating func field() throws -> Slice<UnsafeRawBufferPointer>? {
        column += 1
        guard fieldsLeft > 0 else { throw corrupt }
        fieldsLeft -= 1
        let count: Int32 = try number()
        if count < 0 { return nil }
        return try take(Int(count))
    }

    private mutating func number<Stored: FixedWidthInteger>() throws -> Stored {
        CopiedRow.number(try take(Stored.bitWidth / 8))
    }

    private static func number<Stored: FixedWidthInteger>(
        _ bytes: Slice<UnsafeRawBufferPointer>
    ) -> Stored {
        bytes.reduce(0) { $0 << 8 | Stored(truncatingIfNeeded: $1) }
    }

    private mutating func take(_ count: Int) throws -> Slice<UnsafeRawBufferPointer> {
        guard rest.count >= count else { throw corrupt }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}
