public import Enrollment

extension Kind {
    public var word: String { self == .promoter ? "デジタル推進委員" : "デジタル推進よびかけ員" }
}

extension EligibilityCategory {
    public var word: String {
        switch self {
        case .nationalProject: "国が実施する事業"
        case .listedOrganization: "募集要項に掲げる団体"
        case .localProject: "地方公共団体が実施又は協力する事業"
        case .agencyApproved: "デジタル庁が認める者"
        case .communityCaller: "地域でのよびかけ"
        }
    }
}

extension ApplicationRoute {
    public var word: String {
        switch self {
        case .individual: "個人"
        case .group: "団体"
        case .renewal: "更新"
        }
    }
}

extension EvidenceGrade {
    public var word: String {
        switch self {
        case .measured: "測定"
        case .transcript: "代替教材"
        case .attested: "団体申告"
        case .declared: "自己申告"
        }
    }
}

extension EvidenceKind {
    public var word: String {
        switch self {
        case .personal: "本人の申告"
        case .screening: "団体で視聴会を実施"
        case .training: "団体の研修システムの記録"
        }
    }
}

extension ApplicationState {
    public var word: String {
        switch self {
        case .draft: "下書き"
        case .submitted: "受付済み"
        case .correcting: "補正待ち"
        case .reviewing: "審査中"
        case .approved: "承認済み（決裁待ち）"
        case .appointed: "任命済み"
        case .rejected: "不承認"
        case .withdrawn: "取下げ"
        case .merged: "重複（統合済み）"
        case .expired: "期限切れ"
        }
    }
}

extension AppointmentState {
    public var word: String {
        switch self {
        case .scheduled: "任命予定"
        case .active: "任命中"
        case .resigned: "辞任"
        case .revoked: "解任"
        case .superseded: "区分変更"
        case .deceased: "死亡"
        case .cancelled: "取消"
        case .merged: "統合"
        case .expired: "任期満了"
        }
    }
}

extension ApplicationStatus {
    public var word: String {
        switch self {
        case .applied(let state): state.word
        case .appointed(let state): state.word
        }
    }
}

extension DoubtAnswer {
    public var word: String {
        switch self {
        case .same: "同じ人"
        case .different: "別人"
        }
    }
}

extension AppointmentHistory {
    public var word: String {
        switch self {
        case .new: "新規"
        case .renewed: "継続"
        case .reappointed: "再任"
        }
    }
}

extension Appointing.Outcome {
    public var word: String {
        switch self {
        case .appoint: "任命する人"
        case .waits: "今回は任命しない人"
        }
    }
}

extension Appointing.Wait {
    /// Why, and what can be done.
    public var sentence: String {
        switch self {
        case .isAppointed:
            "決裁日に、ほかの応募による同じ区分の任命がまだ続いています。その任命が終わった後の決裁日で任命できます。"
        case .isPromoter: "すでにデジタル推進委員です。よびかけ員を兼ねることはできません。"
        case .isCaller: "決裁日に、よびかけ員の任命が始まるか、まだ続いています。後の決裁日で任命できます。"
        case .becomesPromoter: "デジタル推進委員の応募も承認済みです。推進委員として任命します。"
        case .memberIsUnasked: "団体の決まりにより、本人が「それは私です・同意します」と答えるまで任命できません。"
        case .appliedLater: "応募の受付が決裁日より後です。後の決裁日で任命できます。"
        case .leftOut: "この決裁から外しました。ほかの決裁で任命できます。"
        case .reportedDead:
            "団体が死亡を届け出ています。団体に確かめてください。誤りなら団体が届け出を取り消すと任命でき、正しければ応募を不承認か取下げにします。"
        }
    }
}

extension ReuseAnswer {
    /// The answer, with what follows from it.
    public var word: String {
        switch self {
        case .yes: "使ってよい（自動で更新する）"
        case .no: "使わない（自動では更新しない）"
        case .notAsked: "回答なし"
        }
    }
}

extension Renewal.Outcome {
    public var word: String {
        switch self {
        case .continues: "更新"
        case .lacksVideo: "動画の視聴が不足"
        case .organizationClosed: "団体・事業が対象外"
        case .alreadyApplied: "応募済み"
        case .declined: "本人が更新しないと回答"
        case .unanswered: "更新するかの回答がない"
        case .left: "団体から離れた"
        }
    }
}
