/// By what somebody was found. The raw value stands in addresses.
public enum FoundBy: String, CaseIterable, Sendable {
    case receipt, appointment, member, mail, phone
    case postalCode = "postal_code"
    case kana, name, given, workplace, organization, address
    /// The beginning of a mail address, and of what stands behind its @.
    case mailPart = "mail_part"
    case mailDomain = "mail_domain"
}
