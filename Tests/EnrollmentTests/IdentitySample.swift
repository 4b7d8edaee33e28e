import Enrollment

/// Records that agree in just what a test says.
enum IdentitySample {
    static let rules = IdentityRules([
        .mailHolders: "2", .phoneHolders: "2", .homeHolders: "6", .namesakes: "0.2",
        .kanjiEdits: "1", .kanaEdits: "2", .renumberedPercent: "10", .ownDomainPercent: "20",
        .ownDomainAddresses: "5",
        .privateDomains: "gmail.com example.jp",
    ])!

    static func pair(
        _ one: FoldedName, _ other: FoldedName, _ agreeing: IdentityEvidence
    ) -> (IdentityRecord, IdentityRecord) {
        (record(one, agreeing), record(other, agreeing, otherwise: "9"))
    }

    /// What does not agree is made of another number.
    static func record(
        _ name: FoldedName, _ agreeing: IdentityEvidence = IdentityEvidence(IdentityEvidence.all),
        otherwise other: String = "1", isMailConfirmed: Bool = false
    ) -> IdentityRecord {
        func number(_ item: IdentityEvidence) -> String { agreeing.contains(item) ? "5" : other }
        var reach = IdentityReach()
        reach.mail = "person\(number(.mail))@example.jp"
        reach.isMailConfirmed = isMailConfirmed
        reach.phone = "03-0000-000\(number(.phone))"
        reach.postalCode = "1020094"
        reach.street = "紀尾井町\(number(.home))"
        var numbers = IdentityNumbers()
        numbers.employee = "E-\(number(.employeeNumber))"
        numbers.organizationID = 7
        numbers.member = agreeing.contains(.memberNumber) ? "M5" : ""
        return IdentityRecord(name, reach, numbers)
    }
}
