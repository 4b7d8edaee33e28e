/// Why there is no badge to be judged in a file that somebody has.
public enum BadgeFileFault: Error, Sendable, CaseIterable {
    case tooLarge
    /// Neither a picture nor a text with a badge.
    case otherKind
    /// Cut off, spoiled on the way, or with several badges of one form.
    case broken
    /// Whole, but nothing is baked into it.
    case noBadge
}
