internal import Store

extension ActorRecord {
    /// 本人, or who of which desk.
    var word: String {
        if let name, let role { return "\(role.word)　\(name)" }
        return switch code {
        case "": "記録がありません"
        case "applicant": "本人"
        case "worker", "system": "自動の処理"
        case "demo": "見本の準備"
        default: "システムの運用担当"
        }
    }
}
