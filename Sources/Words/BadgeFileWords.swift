public import Enrollment

/// What is said of a badge that somebody has in a file.
extension BadgeFileFault {
    public var sentence: String {
        switch self {
        case .tooLarge: "ファイルが大きすぎます。2MBまでの、バッジのファイルを選んでください。"
        case .otherKind: "このファイルは、バッジの画像（PNG・SVG）でも、バッジのデータ（JSON・JWT）でもありません。"
        case .broken: "ファイルがこわれているため、読み取れません。もとのファイルを、もう一度もらってください。"
        case .noBadge:
            "この画像には、バッジの証明が入っていません。画面を写した画像や、メールやSNSで送ったときに変わった画像では、確かめられません。もとのファイルをもらってください。"
        }
    }
}

extension CertificateVerdict.Fault {
    /// The same as `meaning`, of a badge.
    public var meaningOfBadge: String {
        switch self {
        case .keyCompromised:
            "このバッジに署名した鍵は、使えなくなっています。お持ちの方に、新しいバッジを保存し直してもらってください。"
        case .unreadable: "オープンバッジの形になっていないか、こわれています。"
        default: "ファイルの中の証明が、発行したものと一致しません。このバッジを信用しないでください。"
        }
    }
}

extension BadgeWords {
    /// Of a file that was saved before its badge was bound to another mail address.
    public static let rebound = "メールアドレスはその後変わりました"
}
