/// オープンバッジ. Who earns one and of which class; the format is another target's.
public enum Badge {
    /// The class of a kind and fiscal year: `dps-2026`, `yobikake-2026`.
    public static func slug(_ kind: Kind, _ year: FiscalYear) -> String {
        (kind == .promoter ? "dps" : "yobikake") + "-\(year.startYear)"
    }

    /// The kind and year of a class; nil for what is no class. Each class has one slug: whatever is
    /// kept by it is kept once.
    public static func parts(slug: String) -> (kind: Kind, year: FiscalYear)? {
        let parts = slug.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let year = Digits.number(Array(parts[1].utf8)), parts[1].count == 4
        else { return nil }
        switch parts[0] {
        case "dps": return (.promoter, FiscalYear(startYear: year))
        case "yobikake": return (.caller, FiscalYear(startYear: year))
        default: return nil
        }
    }

    /// Whoever asked for one and has an address to bind it to.
    public static func isEarned(wantsBadge: Bool, email: String) -> Bool {
        wantsBadge && !email.isEmpty
    }
}
