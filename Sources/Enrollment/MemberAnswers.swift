/// What an organization may say of its own member on their page: particulars, which it corrects as
/// long as they are its own, and only proposes afterwards.
public enum MemberAnswers {
    public static let fields: [ApplicationField] = names + address + [.email, .phone]

    /// A name and an address are one answer each: of a part alone nobody could tell whether it fits
    /// the rest, which is not the organization's to see.
    private static let names: [ApplicationField] = [
        .familyName, .givenName, .familyNameKana, .givenNameKana, .singleName, .noKana,
    ]
    private static let address: [ApplicationField] = [
        .postalCode, .prefecture, .city, .street, .building,
    ]

    /// The questions of which something was answered, each with what belongs to it.
    public static func said(in typed: ApplicationDraft) -> [ApplicationField] {
        let parts = [names, address, [.email], [.phone]]
        return parts.filter { part in part.contains { !typed[$0].isEmpty } }.flatMap(\.self)
    }
}

extension Application {
    /// What is wrong with a text that is kept as it was typed.
    public static func problems(
        in text: String, of field: ApplicationField, on today: Day, under rules: FiscalYearRules
    ) -> [Problem] {
        var draft = ApplicationDraft()
        draft[field] = text
        var check = ApplicationCheck(
            draft: draft, today: today, rules: rules, door: .correction(nil))
        check.checkLength(text, field)
        check.checkPlain(text, field)
        return check.problems.inOrder
    }
}
