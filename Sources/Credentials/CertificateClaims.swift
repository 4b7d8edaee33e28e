/// What the QR code of a 任命状 says: claims of a CWT (RFC 8392), and three of our own.
public struct CertificateClaims: Sendable {
    /// A DID (`did:web:…`).
    public let issuer: String
    /// 16 octets, by which the register knows this code.
    public let id: [UInt8]
    /// 任命番号.
    public let number: String
    /// As it is printed.
    public let name: String
    /// `dps` or `yobikake`.
    public let kind: String
    /// In which it starts.
    public let fiscalYear: Int
    /// Seconds since 1970: the first moment of the first day in Japan, and that of the first day on
    /// which it does not hold any more.
    public let holds: Range<Int64>
    /// Seconds since 1970.
    public let issuedAt: Int64

    public init(
        _ printed: PrintedCertificate, issuer: String, id: [UInt8], issuedAt: Int64
    ) {
        self.issuer = issuer
        self.id = id
        self.issuedAt = issuedAt
        number = printed.number
        name = printed.name
        kind = printed.kind
        fiscalYear = printed.fiscalYear
        holds = printed.holds
    }

    private enum Key {
        static let issuer = CBORValue.integer(1)
        static let name = CBORValue.integer(2)
        static let until = CBORValue.integer(4)
        static let from = CBORValue.integer(5)
        static let issuedAt = CBORValue.integer(6)
        static let id = CBORValue.integer(7)
        static let kind = CBORValue.text("k")
        static let fiscalYear = CBORValue.text("fy")
        static let number = CBORValue.text("no")
    }

    var payload: [UInt8] {
        CBORValue.map([
            CBOREntry(Key.issuer, .text(issuer)), CBOREntry(Key.name, .text(name)),
            CBOREntry(Key.until, .integer(holds.upperBound)),
            CBOREntry(Key.from, .integer(holds.lowerBound)),
            CBOREntry(Key.issuedAt, .integer(issuedAt)), CBOREntry(Key.id, .octets(id)),
            CBOREntry(Key.kind, .text(kind)),
            CBOREntry(Key.fiscalYear, .integer(Int64(fiscalYear))),
            CBOREntry(Key.number, .text(number)),
        ]).encoded
    }

    /// Nil where a claim is missing, of another kind, or one too many.
    init?(payload: [UInt8]) {
        guard let claims = CBORValue(reading: payload), case .map(let entries) = claims,
            entries.count == 9, case .text(let issuer) = claims[Key.issuer],
            case .text(let name) = claims[Key.name], case .integer(let until) = claims[Key.until],
            case .integer(let from) = claims[Key.from], from <= until,
            case .integer(let issuedAt) = claims[Key.issuedAt],
            case .octets(let id) = claims[Key.id], id.count == 16,
            case .text(let kind) = claims[Key.kind],
            case .integer(let year) = claims[Key.fiscalYear], (2000...9999).contains(year),
            case .text(let number) = claims[Key.number]
        else { return nil }
        self.init(
            PrintedCertificate(
                number: number, name: name, kind: kind, fiscalYear: Int(year), holds: from..<until),
            issuer: issuer, id: id, issuedAt: issuedAt)
    }
}

/// What stands on the paper and is signed.
public struct PrintedCertificate: Sendable {
    public let number: String
    public let name: String
    public let kind: String
    public let fiscalYear: Int
    /// Seconds since 1970.
    public let holds: Range<Int64>

    public init(number: String, name: String, kind: String, fiscalYear: Int, holds: Range<Int64>) {
        self.number = number
        self.name = name
        self.kind = kind
        self.fiscalYear = fiscalYear
        self.holds = holds
    }

    /// The same for the same paper, whenever and with whatever key it is signed.
    public var octets: [UInt8] {
        CertificateClaims(self, issuer: "", id: [], issuedAt: 0).payload
    }
}
