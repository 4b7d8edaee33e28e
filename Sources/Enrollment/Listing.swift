/// 名簿にのせた団体への答え. What somebody says of an organization that has listed them.
public enum ListingAnswer: String, CaseIterable, Sendable {
    /// それは私です・同意します.
    case agreed
    /// 申込みを希望しません.
    case objected
}

/// 同意の決まり. When a member of an organization's file may be appointed.
public enum ConsentRule: String, CaseIterable, Sendable {
    /// 団体が同意取得済: the organization has asked each of them, as it says with each file.
    case attested
    /// Each of them says so on the own page.
    case member
}

/// The rule of an organization in a year, and how it made sure.
public struct ConsentTerms: Equatable, Sendable {
    public let rule: ConsentRule
    /// When the organization has asked; nil where each file says so.
    public let askedOn: Day?
    public let method: String

    /// Where nothing else is said: the organization says so with each file.
    public static let ofEachFile = ConsentTerms(.attested)

    public init(_ rule: ConsentRule, askedOn: Day? = nil, method: String = "") {
        self.rule = rule
        self.askedOn = askedOn
        self.method = method
    }
}
