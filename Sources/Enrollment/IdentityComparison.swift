/// What has to be known of all records to compare any two: what is shared by many, which domains
/// are an organization's own, and whether its numbers still hold.
public struct IdentityComparison: Sendable {
    let rules: IdentityRules
    var sharedMails: Set<String> = []
    var sharedPhones: Set<String> = []
    var sharedHomes: Set<String> = []
    var ownDomains: Set<String> = []
    /// Whether the organization's numbers were given anew, and say nothing.
    var isRenumbered = false

    init(under rules: IdentityRules) { self.rules = rules }

    /// Compares two records by the table.
    func verdict(_ one: IdentityRecord, _ other: IdentityRecord) -> IdentityVerdict {
        let common = inCommon(one, other)
        let shared = common.filter { isShared($0, one) }
        let agreeing = common.subtracting(shared)
        return IdentityVerdict(
            IdentityReason(
                names: NameLikeness.of(one.name, other.name, under: rules), agreeing: agreeing,
                personal: agreeing.filter { isPersonal($0, one, other) }, shared: shared))
    }

    private func inCommon(_ one: IdentityRecord, _ other: IdentityRecord) -> IdentityEvidence {
        var common: IdentityEvidence = []
        func take(_ item: IdentityEvidence, _ key: KeyPath<IdentityRecord, String>) {
            let (left, right) = (one[keyPath: key], other[keyPath: key])
            if !left.isEmpty, left == right { common.insert(item) }
        }
        take(.memberNumber, \.memberNumber)
        if !isRenumbered { take(.employeeNumber, \.employeeNumber) }
        take(.mail, \.mail)
        take(.phone, \.phone)
        take(.home, \.home)
        return common
    }

    private func isShared(_ item: IdentityEvidence, _ record: IdentityRecord) -> Bool {
        switch item {
        case .mail: sharedMails.contains(record.mail)
        case .phone: sharedPhones.contains(record.phone)
        case .home: sharedHomes.contains(record.home)
        default: false
        }
    }

    private func isPersonal(
        _ item: IdentityEvidence, _ one: IdentityRecord, _ other: IdentityRecord
    ) -> Bool {
        switch item {
        case .memberNumber, .employeeNumber: true
        case .mail:
            one.isMailConfirmed || other.isMailConfirmed
                || ownDomains.contains(one.mailDomain)
        default: false
        }
    }
}

extension IdentityEvidence {
    /// Those single items of which something holds.
    func filter(_ holds: (IdentityEvidence) -> Bool) -> IdentityEvidence {
        Self.all.reduce(into: []) { found, item in
            if contains(item), holds(item) { found.insert(item) }
        }
    }

    /// Each by itself.
    public static let all: [IdentityEvidence] = [
        .memberNumber, .employeeNumber, .mail, .phone, .home,
    ]
}
