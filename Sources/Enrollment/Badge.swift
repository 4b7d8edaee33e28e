/// オープンバッジ. Who earns one and of which class; the format is another target's.
public enum Badge {
    /// The class of a kind and fiscal year: `dps-2026`, `yobikake-2026`.
    public static func slug(_ kind: Kind, _ year: FiscalYear) -> String {
        code(kind) + "-\(year.startYear)"
    }

    /// What others call a kind: `dps`, `yobikake`.
    public static func code(_ kind: Kind) -> String {
        switch kind {
        case .promoter: "dps"
        case .caller: "yobikake"
        }
    }

    /// The kind that others call so.
    public static func kind(code: some StringProtocol) -> Kind? {
        Kind.allCases.first { self.code($0) == code }
    }

    /// The kind and year of a class; nil for what is no class. Each class has one slug: whatever is
    /// kept by it is kept once.
    public static func parts(slug: String) -> (kind: Kind, year: FiscalYear)? {
        let parts = slug.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let year = Digits.number(Array(parts[1].utf8)), parts[1].count == 4
        else { return nil }
        return kind(code: parts[0]).map { ($0, FiscalYear(startYear: year)) }
    }

    /// Whoever asked for one and has an address to bind it to.
    public static func isEarned(wantsBadge: Bool, email: String) -> Bool {
        wantsBadge && !email.isEmpty
    }
}
