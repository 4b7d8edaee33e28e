public import Enrollment

/// Words of 資材 that are the same on pages, in files and commands.
public enum MaterialWords {
    public static let table = "資材の表"
    public static let labels = "あて名の一覧"
    /// Columns of あて名の一覧.
    public static let labelHeadings =
        ["依頼番号", "団体コード", "団体名", "事業所"] + MaterialKind.allCases.map(\.heading) + [
            "郵便番号", "住所1", "住所2", "宛名・部署", "電話番号", "依頼日",
        ]

    /// Where a request is of the organization itself.
    public static let wholeOrganization = "団体あて"

    /// ステッカー 1枚、名札 3枚.
    public static func told(_ counts: MaterialCounts) -> String {
        let parts = MaterialKind.allCases.filter { counts[$0] > 0 }.map {
            "\($0.word)\(counts[$0].grouped)\($0.unit)"
        }
        return parts.isEmpty ? "なし" : parts.joined(separator: "、")
    }

    public static func postalCode(_ code: String) -> String {
        "\(code.prefix(3))-\(code.suffix(4))"
    }

    public static func sentence(_ problem: MaterialProblem, _ messages: Messages) -> String {
        switch problem {
        case .countOutOfRange(let kind): "\(kind.heading)は0から9999の整数で入力してください。"
        case .nothingAsked: "ステッカー、名札、資料のどれかの数を入力してください。"
        case .address(let problem, _): messages.sentence(problem)
        case .addresseeMissing: "宛名・部署を入力してください。"
        case .addresseeTooLong(let count):
            "宛名・部署は\(MaterialDraft.longestAddressee)文字以内で入力してください（現在\(count)文字）。"
        case .addresseeCharacter(let character):
            "宛名・部署に使用できない文字「\(character)」が含まれています。絵文字・外字・制御文字は使用できません。"
        case .placeUnknown: "どこの資材かを、一覧から選んでください。ほかの事業所や、なくなった事業所の分は頼めません。"
        }
    }
}

extension MaterialKind {
    public var word: String {
        switch self {
        case .sticker: "ステッカー"
        case .nametag: "名札"
        case .material: "資料"
        }
    }

    public var unit: String { self == .material ? "部" : "枚" }

    /// ステッカー枚数, as a column is called.
    public var heading: String { "\(word)\(self == .material ? "部数" : "枚数")" }
}

extension MaterialState {
    public var word: String {
        switch self {
        case .waiting: "依頼中"
        case .sent: "発送済み"
        case .withdrawn: "取りやめ"
        case .returned: "戻ってきた"
        }
    }
}

extension MaterialField {
    /// What the question is called, and the column of the file.
    public var heading: String {
        switch self {
        case .place: "どこの資材か"
        case .stickers: MaterialKind.sticker.heading
        case .nametags: MaterialKind.nametag.heading
        case .materials: MaterialKind.material.heading
        case .postalCode: "送付先郵便番号"
        case .prefecture: "送付先都道府県"
        case .city: "送付先市区町村"
        case .street: "送付先町名・番地"
        case .building: "送付先建物名等"
        case .addressee: "宛名・部署"
        case .phone: "送付先電話番号"
        }
    }
}

/// The columns of 資材の表.
public enum MaterialColumn {
    public static let code = "事業所コード"
    public static let place = "事業所"
    /// What is told and not asked: it is not read.
    public static let known = ["いまの人数", "前に頼んだステッカー", "前に頼んだ名札", "前に頼んだ資料"]
    public static let asked = MaterialField.counts + MaterialField.address
    public static let headings = [code, place] + known + asked.map(\.heading)
}
