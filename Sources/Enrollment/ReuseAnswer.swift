/// 次の年度の更新に、入力した内容を使ってよいか. What somebody said; an organization's file does not ask.
public enum ReuseAnswer: String, CaseIterable, Sendable {
    case yes
    /// Stops the renewal that comes by itself.
    case no
    case notAsked = "not_asked"
}

/// 更新の方針. What becomes, at the turn of the year, of somebody who has given no answer.
public enum RenewalPolicy: String, CaseIterable, Sendable {
    /// 自動: they are renewed.
    case automatic
    /// Whoever wants to go on says so.
    case answer
}
