internal import JapaneseText

extension Application {
    /// Everything an organization says of a person, in one text: two rows with the same content say
    /// the same. Procedures keep its digest.
    public var content: String { content(inUnit: unit) }

    /// The same as if the person worked in another 部署, and as if a question that this row leaves
    /// out had been answered as in `earlier`.
    func content(inUnit unit: String, leftOut earlier: TextAnswers = TextAnswers()) -> String {
        let added = Self.added.compactMap { question -> String? in
            let field = question.field
            let text = texts.has(field) ? texts[field] : earlier[field]
            return text.isEmpty ? nil : "\(field.key)=\(text)"
        }
        let said = [
            kind.rawValue, name.family, name.given, name.familyKana, name.givenKana,
            address.postalCode, address.municipalityCode, address.ward, address.street,
            texts[.building], email, phone, unit, MatchKey.employeeNumber(employeeNumber),
            choices.wantsBadge ? "1" : "0",
            viewings.map { "\($0.isEarly ? "+" : "")\($0.slot):\($0.viewedOn)" }.joined(
                separator: ","),
        ]
        return (said + added).joined(separator: "\u{1F}")
    }

    /// What rows from before do not say does not make them say something else.
    private static let added = TextQuestion.having(.isAdded)
}
