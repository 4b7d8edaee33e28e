public import Enrollment
public import Words

/// What the sheets of one workbook are made of.
public struct SheetContext: Sendable {
    /// The counts of the basis.
    public let numbers: MinistryNumbers
    /// 様式版 and what was changed in the layouts so far.
    let layouts: MinistryLayouts
    /// Where a badge can be looked at, by its token.
    let verify: Links.OfBadge

    public init(
        _ numbers: MinistryNumbers, _ layouts: MinistryLayouts, verify: @escaping Links.OfBadge
    ) {
        self.numbers = numbers
        self.layouts = layouts
        self.verify = verify
    }

    public var basis: TallyBasis { numbers.basis }
}
