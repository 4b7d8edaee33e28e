public import Enrollment

extension CertificateVerdict {
    /// 有効です, or 無効です with one reason.
    public var heading: String {
        switch self {
        case .valid: "有効です"
        case .invalid(let fault): "無効です（理由：\(fault.word)）"
        }
    }
}

extension CertificateVerdict.Fault {
    public var word: String {
        switch self {
        case .altered: "改ざん"
        case .malformed: "形がちがいます"
        case .keyCompromised: "鍵失効"
        case .unknownKey: "知らない鍵です"
        case .unreadable: "バッジとして読めません"
        case .otherList: "失効リストが、このバッジのものではありません"
        case .notIssued: "このバッジの発行の日の前"
        case .notBegun: "任命の日の前"
        case .expired: "満了"
        case .ended(.cancelled): "取消"
        case .ended(.superseded): "区分変更"
        case .ended(.merged): "統合"
        // Neither a death nor a 解任 is told to whoever holds the paper.
        case .ended(.resigned), .ended(.revoked), .ended(.deceased): "任命の終了"
        }
    }

    public var meaning: String {
        switch self {
        case .altered: "読み取った内容が、発行したものと一致しません。QRコードを読み直しても変わらないときは、この任命状を信用しないでください。"
        case .malformed:
            "QRコードの読み取りが途中で切れたか、このサービスのコードではありません。任命状のQRコードを、もう一度読み取ってください。任命番号では確かめられません。"
        case .keyCompromised: "この任命状に署名した鍵は、使えなくなっています。お持ちの方に、新しい任命状を作ってもらってください。"
        case .unknownKey: "お手元の公開鍵のなかに、署名した鍵がありません。公開鍵を取り直しても変わらないときは、信用しないでください。"
        case .unreadable: "オープンバッジ 3.0 のファイルではないか、こわれています。"
        case .otherList: "このバッジが名を挙げている失効リストを使ってください。"
        case .notIssued: "任命は始まっていましたが、このバッジは、その後に発行し直されたものです。"
        case .notBegun: "この日には、任命がまだ始まっていません。"
        case .expired: "この日には、任命の期間が終わっています。"
        case .ended(.cancelled): "この任命は取り消されました。"
        case .ended(.merged): "この任命は、同じ人のもう1つの任命にまとめられました。"
        case .ended: "この日には、任命が終わっています。"
        }
    }
}
