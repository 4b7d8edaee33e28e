public import Enrollment

extension ConsentRule {
    public var word: String {
        switch self {
        case .attested: "団体が同意取得済"
        case .member: "本人が確かめてから任命"
        }
    }
}

/// 名簿にのせられたこと.
extension Letters {
    /// To whoever is known already and was listed by a further organization.
    public func listed(_ receipt: String, name: String, by organization: String) -> LetterWords {
        letter(
            "\(organization)の名簿に、あなたの名前があります（受付番号 \(receipt)）",
            [
                addressee(name), "", "\(organization)から、あなたが所属しているという名簿が届きました。",
                "応募や任命は、このことでは変わりません。", "",
            ] + Self.choice + ["", links.status])
    }

    /// Of a first application by a file.
    static func listed(by organization: String) -> [String] {
        ["この応募は、\(organization)が名簿で送りました。"] + choice + [""]
    }

    /// What somebody who was listed can say.
    static let choice = [
        "次のページで受付番号を入れると、どちらかを選べます。", "　・それは私です・同意します", "　・申込みを希望しません",
    ]

    /// To whoever sent the file: somebody whom it names does not wish it.
    public func listingRefused(
        _ receipt: String, of name: String, toCoordinator coordinator: String
    ) -> LetterWords {
        letter(
            "名簿の方が、申込みを希望していません（受付番号 \(receipt)）",
            [
                addressee(coordinator, otherwise: "ご担当者 様"), "",
                "名簿でお送りいただいた\(name.unlinked)さんが、申込みを希望しないと答えました。",
                "この方は、名簿の「離れた人」に移りました。同じ名簿をもう一度送っても、もどりません。", "", links.members,
            ])
    }
}
