internal import JapaneseText

/// The rows of one file against each other.
enum RowComparison {
    static func compare(_ lines: inout [GroupPlan.Line]) {
        markTheSamePerson(&lines)
        markSharedMail(&lines)
        markLikelyTheSamePerson(&lines)
    }

    /// E301: the later row is not filed; nobody is told twice.
    private static func markTheSamePerson(_ lines: inout [GroupPlan.Line]) {
        var first: [String: Int] = [:]
        for index in lines.indices {
            guard lines[index].outcome == .new, let application = lines[index].application else {
                continue
            }
            var keys = [application.kind.rawValue + application.keys.sure]
            if let number = application.memberNumber {
                keys.append(application.kind.rawValue + "#" + number.description)
            }
            if let earlier = keys.compactMap({ first[$0] }).min() {
                lines[index].outcome = .repeated
                lines[index].problems.append(Problem(.rowRepeated, nil, [.row: String(earlier)]))
            } else {
                for key in keys { first[key] = lines[index].row }
            }
        }
    }

    /// E303 when one of them wants a badge, which is bound to the address; W304 otherwise.
    private static func markSharedMail(_ lines: inout [GroupPlan.Line]) {
        var indices: [String: [Int]] = [:]
        for index in lines.indices where lines[index].outcome == .new {
            if let email = lines[index].application?.email, !email.isEmpty {
                indices[MatchKey.mail(email), default: []].append(index)
            }
        }
        for shared in indices.values where shared.count > 1 {
            let wantsBadge = shared.contains {
                lines[$0].application?.choices.wantsBadge ?? false
            }
            let rows = shared.map { String(lines[$0].row) }
            let shown = rows.prefix(5).joined(separator: "、") + (rows.count > 5 ? "など" : "")
            let arguments: [Problem.Argument: String] = [
                .value: lines[shared[0]].application?.email ?? "", .count: String(shared.count),
                .rows: shown,
            ]
            for index in shared {
                let code: ProblemCode = wantsBadge ? .emailShared : .emailSharedInFile
                lines[index].problems.append(Problem(code, .email, arguments))
                if wantsBadge { lines[index].outcome = .error }
            }
        }
    }

    /// W302: the same name with another address, or the same kana at the same postal code.
    private static func markLikelyTheSamePerson(_ lines: inout [GroupPlan.Line]) {
        var first: [String: Int] = [:]
        for index in lines.indices {
            guard lines[index].outcome == .new, let application = lines[index].application else {
                continue
            }
            let kana = application.keys.kana
            var keys = [application.keys.loose]
            if !kana.isEmpty { keys.append(kana + "|" + application.address.postalCode) }
            if let earlier = keys.compactMap({ first[$0] }).min() {
                lines[index].outcome = .held
                lines[index].problems.append(
                    Problem(.rowLooksRepeated, nil, [.row: String(earlier)]))
            }
            for key in keys where first[key] == nil { first[key] = lines[index].row }
        }
    }
}
