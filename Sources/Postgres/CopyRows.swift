/// A value that its column cannot hold. Names no value.
public struct ValueOutOfRange: Error, Equatable { public init() {} }

/// Rows for `COPY … FROM STDIN (FORMAT binary)`, one field after another in the order of the
/// statement's columns. A value, so that it can be filled away from the loop. The server casts
/// nothing in this format: a field must be written as exactly its column's type.
public struct CopyRows: Sendable {
    /// How many rows there are.
    public private(set) var count = 0
    private(set) var bytes: [UInt8] = []
    private var fieldCount: Int16 = 0

    static let header: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    static let trailer: [UInt8] = [0xFF, 0xFF]

    /// `byteCount` is a guess at their size, so that the room is made once.
    public init(byteCount: Int = 0) { bytes.reserveCapacity(byteCount) }

    /// Adds one row, whose fields `fill` writes. A row whose `fill` throws is not among them.
    public mutating func append(_ fill: (inout CopyRows) throws -> Void) rethrows {
        let start = bytes.count
        fieldCount = 0
        write(fieldCount)
        do { try fill(&self) } catch {
            bytes.removeSubrange(start...)
            throw error
        }
        let field = UInt16(bitPattern: fieldCount)
        (bytes[start], bytes[start + 1]) = (UInt8(field >> 8), UInt8(field & 0xFF))
        count += 1
    }

    public mutating func smallint(_ value: Int?) throws { try number(value, as: Int16.self) }

    public mutating func integer(_ value: Int?) throws { try number(value, as: Int32.self) }

    public mutating func bigint(_ value: Int?) throws { try number(value, as: Int64.self) }

    public mutating func boolean(_ value: Bool?) {
        field(value) { $0.bytes.append($1 ? 1 : 0) }
    }

    /// Throws `PostgresError.nulInText`.
    public mutating func text(_ value: String?) throws { try characters(value) }

    /// JSON as its text; the server parses it. Throws `PostgresError.nulInText`.
    public mutating func jsonb(_ value: String?) throws { try characters(value, version: 1) }

    public mutating func bytea(_ value: [UInt8]?) {
        field(value) { $0.bytes.append(contentsOf: $1) }
    }

    /// Days since 1970-01-01; `Int.max` is `infinity`, `Int.min` is `-infinity`. Throws
    /// `ValueOutOfRange`.
    public mutating func date(_ value: Int?) throws {
        try field(value) { $0.write(try CopyEpoch.days.stored($1, as: Int32.self)) }
    }

    /// Microseconds since 1970-01-01 in UTC; `Int.max` is `infinity`, `Int.min` is `-infinity`.
    /// Throws `ValueOutOfRange`.
    public mutating func timestamptz(_ value: Int?) throws {
        try field(value) { $0.write(try CopyEpoch.microseconds.stored($1, as: Int64.self)) }
    }

    private mutating func number<Stored: FixedWidthInteger>(
        _ value: Int?, as _: Stored.Type
    ) throws {
        try field(value) {
            guard let stored = Stored(exactly: $1) else { throw ValueOutOfRange() }
            $0.write(stored)
        }
    }

    private mutating func characters(_ value: String?, version: UInt8? = nil) throws {
        try field(value) { rows, text in
            if let version { rows.bytes.append(version) }
            var text = text
            try text.withUTF8 {
                guard !$0.contains(0) else { throw PostgresError.nulInText }
                rows.bytes.append(contentsOf: $0)
            }
        }
    }

    /// A field is its length and its bytes; NULL is the length -1.
    private mutating func field<Value>(
        _ value: Value?, _ put: (inout CopyRows, Value) throws -> Void
    ) rethrows {
        fieldCount += 1
        guard let value else { return write(Int32(-1)) }
        let start = bytes.count
        write(Int32(0))
        try put(&self, value)
        withUnsafeBytes(of: Int32(bytes.count - start - 4).bigEndian) {
            for (place, byte) in $0.enumerated() { bytes[start + place] = byte }
        }
    }

    private mutating func write(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}

/// PostgreSQL counts days and microseconds from 2000-01-01, and keeps the two ends for infinity.
enum CopyEpoch {
    case days, microseconds

    private var shift: Int { self == .days ? 10_957 : 946_684_800_000_000 }

    func stored<Stored: FixedWidthInteger>(_ value: Int, as _: Stored.Type) throws -> Stored {
        if value == .max { return .max }
        if value == .min { return .min }
        let (shifted, isOver) = value.subtractingReportingOverflow(shift)
        guard !isOver, let stored = Stored(exactly: shifted), stored != .max, stored != .min else {
            throw ValueOutOfRange()
        }
        return stored
    }

    func value<Stored: FixedWidthInteger>(_ stored: Stored) -> Int {
        if stored == .max { return .max }
        if stored == .min { return .min }
        return Int(stored) + shift
    }
}
