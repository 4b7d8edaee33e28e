/// What a key of badges signs: one key for one purpose.
public enum BadgeKeyPurpose: String, CaseIterable, Sendable {
    /// Credentials and status lists (Ed25519).
    case proof
    /// Credentials as JWT (RS256).
    case token
}
