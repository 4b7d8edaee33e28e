/// 任命状: what it says. Whoever sets it on paper decides nothing.
public struct AppointmentCertificate: Sendable, Equatable {
    /// 任命番号.
    public let number: String
    /// As it was typed.
    public let name: String
    public let kind: Kind
    public let term: Term
    /// Of the day of the decision.
    public let wording: CertificateWording
    /// 委員番号, by which a later application finds its person; empty where there is none yet.
    public var memberNumber = ""
    /// Where everybody sees whether the appointment holds; nil where nothing is signed and no badge
    /// was wished.
    public var link: String?
    /// 再発行, and when; nil for what everybody gets.
    public var reissuedOn: Day?

    /// Nil where the term ended before its time: the paper would promise a last day that no longer
    /// holds. One that is over, or is to come, says what is so.
    public init?(
        _ number: String, name: String, kind: Kind, term: Term, wording: CertificateWording
    ) {
        guard Self.isGiven(for: term), !name.isEmpty else { return nil }
        self.number = number
        self.name = name
        self.kind = kind
        self.term = term
        self.wording = wording
    }

    /// Whether there is one for a term as it stands now.
    public static func isGiven(for term: Term) -> Bool { term.endReason == nil }
}

/// Who appoints, and in which words: dated data of the programme
/// (`Migrations/reference/YEAR/certificate.csv`), with its source there.
public struct CertificateWording: Sendable, Equatable {
    public enum Name: String, CaseIterable, Sendable {
        case issuerTitle = "issuer_title"
        case issuerName = "issuer_name"
        /// 任命します; the kind stands where it says `{区分}`.
        case sentence
        /// What is asked of whoever is appointed.
        case request
        /// Below it, small; may be empty.
        case note
        /// What stands where the seal goes; empty where there is no seal.
        case sealPlace = "seal_place"
    }

    /// Of the ministry's decision: the certificate's own date.
    public let decidedOn: Day
    private let values: [Name: String]

    /// Nil while a word is missing.
    public init?(_ values: [Name: String], decidedOn day: Day) {
        guard Name.allCases.allSatisfy({ values[$0] != nil }) else { return nil }
        decidedOn = day
        self.values = values
    }

    /// Whether whoever appoints is invented, as in the data that come with an installation.
    public var isSpecimen: Bool { self[.issuerName].contains("見本") }

    public subscript(name: Name) -> String { values[name] ?? "" }
}
