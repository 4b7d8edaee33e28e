public import Enrollment

extension TrailStep {
    /// The step in a few words, to whom it concerns.
    public var word: String {
        switch kind {
        case .received: "応募を受け付けました"
        case .renewed: "更新の手続をしました"
        case .approved: "事務局の確認が終わりました"
        case .appointed: phase == .done ? "任命されました" : "任命されています"
        case .rejected: "今回は任命になりませんでした"
        case .reopened: "もう一度、事務局が確認することになりました"
        case .withdrawn: "応募を取り下げました"
        case .takenBack: "団体が名簿の送信を取り消しました"
        case .merged: "先の応募にまとめました"
        case .expired: "期限切れになりました"
        case .ended(.resigned): "辞任しました"
        case .ended(.revoked): "任命が終わりました（解任）"
        case .ended(.superseded): "別の区分で任命されたため、終わりました"
        case .ended(.deceased): "任命が終わりました"
        case .ended(.cancelled): "任命が取り消されました"
        case .ended(.merged): "もう1つの任命にまとめました"
        case .termIsOver: "任命の期間が終わりました"
        case .review: "事務局が確認しています"
        case .correction: "直していただくのを待っています"
        case .decision: phase == .now ? "任命の手続を待っています" : "任命が決まります"
        case .start: "任命が始まります"
        case .lastDay: "任命の最後の日です"
        }
    }

    /// When, as far as anybody can say; empty for what was on no day.
    public var when: String {
        // What never was, as an appointment that was merged, has no day.
        guard let day else { return phase == .done ? "" : "決まりしだい、メールでお知らせします" }
        return phase == .now ? "\(day.word)から" : day.word
    }

    /// How far it is, for whoever does not see the mark.
    public var phaseWord: String {
        switch phase {
        case .done: "終わりました"
        case .now: "いまここ"
        case .next: "これから"
        }
    }
}
