internal import Enrollment
internal import Store
internal import Words

/// What a badge is on a day.
enum Proof {
    case good, early, over, renewing, revoked, cancelled, merged

    /// What was cancelled or merged held on no day; what ended early held until then, its last day
    /// with it as soon as that is over.
    init(_ badge: BadgeRecord, _ term: Term?, on day: Day, today: Day) {
        let last = Self.last(badge, term)
        if badge.isCancelled {
            self = .cancelled
        } else if badge.isRevoked, badge.reason == EndReason.merged.rawValue {
            self = .merged
        } else if day < badge.issuedOn {
            self = .early
        } else if badge.isRevoked {
            self = day < today && day <= last ? .good : .revoked
        } else {
            self = day > last ? .over : .good
        }
    }

    /// 任命の最後の日.
    static func last(_ badge: BadgeRecord, _ term: Term?) -> Day {
        badge.isRevoked ? term?.lastDay ?? badge.expiresOn : badge.expiresOn
    }
}

/// What the page of a badge says of a day, and of today beside it: of the past as past, and of
/// what is to come as what is planned.
struct ProofOnDay {
    let proof: Proof
    /// What it is today; `renewing` is known only to the office, which puts it here.
    var now: Proof
    let day: Day
    let today: Day
    private let first: Day
    private let last: Day

    init(_ badge: BadgeRecord, _ term: Term?, on day: Day, today: Day) {
        proof = Proof(badge, term, on: day, today: today)
        now = Proof(badge, term, on: today, today: today)
        (self.day, self.today) = (day, today)
        (first, last) = (badge.issuedOn, Proof.last(badge, term))
    }

    var isToday: Bool { day == today }

    var heading: String {
        if isToday { return now.heading }
        switch proof {
        case .good where day < today: return "\(day.word)には任命されていました"
        case .good: return "\(last.word)まで任命される予定です"
        case .cancelled, .merged: return proof.heading
        case .early, .over, .renewing, .revoked: return "\(day.word)は任命の期間の外です"
        }
    }

    var meaning: String {
        if isToday {
            return now == .revoked && last == today ? "任命の最後の日は、今日です。" : now.meaning
        }
        switch proof {
        case .good where day < today:
            return "この番号の人は、この日に任命されていました。"
                + (now == .good ? "いまも任命されています。" : now.said)
        case .good: return "\(day.word)は、任命の期間のなかです。" + now.said
        case .cancelled, .merged: return proof.meaning
        case .early: return "任命の最初の日（\(first.word)）より前です。" + now.said
        case .over, .renewing, .revoked:
            return (day > last ? "任命の最後の日（\(last.word)）より後です。" : "") + now.said
        }
    }

    /// Green only for whoever is appointed now too.
    var mark: StaticString {
        if isToday { return now.mark }
        switch proof {
        case .good: return day < today && now == .good ? "good" : "info"
        case .early, .over, .renewing, .revoked: return "warn"
        case .cancelled, .merged: return proof.mark
        }
    }
}

extension Proof {
    /// Of today.
    fileprivate var heading: String {
        switch self {
        case .good: "この証明は有効です"
        case .early: "この証明は、まだ始まっていません"
        case .over: "この証明は期限が切れています"
        case .renewing: "更新の手続中です"
        case .revoked: "この任命は終わっています"
        case .cancelled: "この証明は取り消されています"
        case .merged: "この証明は統合されました"
        }
    }

    fileprivate var meaning: String {
        switch self {
        case .good: "この番号の人は、いま任命されています。"
        case .early: "任命の日から有効になります。"
        case .over: "任命の期間が終わりました。年度ごとに新しい証明が発行されます。"
        case .renewing: "この証明の年度が終わり、次の年度への更新の手続をしています。終わると、新しい証明が発行されます。"
        case .merged: "同じ人の、もう1つの任命にまとめました。この証明は、もう使いません。"
        case .revoked: "いまは推進委員・よびかけ員ではありません。"
        case .cancelled: "この任命は、はじめから誤りだったため、取り消されました。"
        }
    }

    /// Of today, beside what is said of another day.
    fileprivate var said: String {
        switch self {
        case .good: "いまは任命されています。"
        case .early: "いまは、まだ始まっていません。"
        case .renewing: "いまは、次の年度への更新の手続中です。"
        case .over, .revoked, .cancelled, .merged: "いまは終わっています。"
        }
    }

    fileprivate var mark: StaticString {
        switch self {
        case .good: "good"
        case .early, .over, .merged: "warn"
        case .renewing: "info"
        case .revoked, .cancelled: "bad"
        }
    }
}
