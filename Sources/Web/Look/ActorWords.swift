internal import Enrollment
internal import Store

extension ActorRecord {
    /// 本人, or who of which desk.
    var word: String {
        if let name, let role { return "\(role.word)　\(name)" }
        return switch actor {
        case nil: "記録がありません"
        case .applicant, .application: "本人"
        case .worker, .system, .server: "自動の処理"
        case .demo: "見本の準備"
        case .client: "ログインしていない人"
        case .account, .operator: "システムの運用担当"
        }
    }
}
