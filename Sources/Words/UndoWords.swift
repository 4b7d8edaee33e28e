public import Enrollment

extension UndoOutcome {
    /// What becomes of a row, or why nothing does, to whoever takes its file back.
    public var sentence: String {
        switch self {
        case .reversed(let act): act.sentence
        case .kept(let hindrance): hindrance.sentence
        case .failed(let fault): fault.sentence
        }
    }
}

extension UndoOutcome.Group {
    public var word: String {
        switch self {
        case .reversed: "取り消す人"
        case .kept: "取り消さずに残す人"
        case .failed: "取り消せない人"
        }
    }

    /// The same once it is done.
    public var done: String {
        switch self {
        case .reversed: "取り消した人"
        case .kept: "取り消さずに残した人"
        case .failed: "取り消せなかった人"
        }
    }
}

extension UndoAct {
    fileprivate var sentence: String {
        switch self {
        case .takeBack: "応募をなかったことにします"
        case .restore: "前の内容にもどします"
        case .leave: "名簿から外します（訂正）"
        case .unask: "事務局が確かめるのをやめます"
        }
    }
}

extension UndoHindrance {
    fileprivate var sentence: String {
        switch self {
        case .confirmed: "本人がメールアドレスを確かめたため"
        case .approved: "承認されたため。取り消すときは、先に事務局が審査にもどします"
        case .appointed: "任命されたため。任命の取消は事務局が行います"
        case .rejected: "不承認になったため"
        case .withdrawn: "取り下げられたため"
        case .expired: "期限切れになったため"
        case .merged: "先の応募にまとめられたため"
        case .changed: "そのあとに変わったため"
        case .corrected: "そのあとに訂正されたため"
        case .forgotten: "保存期間を過ぎて、内容が残っていないため"
        }
    }
}

extension UndoFault {
    fileprivate var sentence: String {
        switch self {
        case .formerIsGone: "前の内容が残っていません"
        case .formerIsTaken: "前の内容と同じ応募が、ほかにあります"
        }
    }
}
