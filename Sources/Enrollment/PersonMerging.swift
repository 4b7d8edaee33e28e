/// 統合: what becomes of what two persons have, when the office says that they are one. Pure.
public struct PersonMerging: Sendable, Equatable {
    /// One application of either, with the appointment that came of it.
    public struct Part: Sendable, Equatable {
        public let applicationID: Int
        public let receipt: String
        public let isSurvivors: Bool
        public let year: FiscalYear
        public let kind: Kind
        public let state: ApplicationState
        /// Nil where nobody was appointed by it, as the term.
        public let appointment: String?
        public let term: Term?

        public init(
            applicationID: Int, receipt: String, isSurvivors: Bool, applied: (FiscalYear, Kind),
            state: ApplicationState, appointed: (number: String, term: Term)?
        ) {
            self.applicationID = applicationID
            self.receipt = receipt
            self.isSurvivors = isSurvivors
            (year, kind) = applied
            self.state = state
            appointment = appointed?.number
            term = appointed?.term
        }
    }

    /// 応募をまとめる: an application leads into another of its kind and year.
    public struct Fold: Sendable, Equatable {
        public let from: Part
        public let into: Part
        /// Whether it is 統合 from now on: of one that was appointed the appointment says so.
        public var endsApplication: Bool { from.appointment == nil }
    }

    /// An appointment that does not go on beside another one.
    public struct Ending: Sendable, Equatable {
        public let part: Part
        public let beside: Part
        public let reason: EndReason
        /// The first day that does not count.
        public let day: Day
    }

    public let parts: [Part]
    public let endings: [Ending]
    public let folds: [Fold]

    public init(_ parts: [Part]) {
        self.parts = parts
        let endings = Self.endings(parts)
        self.endings = endings
        folds = Self.folds(parts, endings)
    }

    /// Nobody is appointed twice on one day: of one kind the survivor's stays, of two kinds 推進委員,
    /// from whose first day on よびかけ員 is over.
    private static func endings(_ parts: [Part]) -> [Ending] {
        var found: [Int: Ending] = [:]
        for one in parts where one.isSurvivors {
            for other in parts where !other.isSurvivors {
                guard let left = one.term, let right = other.term, left.overlaps(right) else {
                    continue
                }
                let ending = ending(of: one, other, left, right)
                let id = ending.part.applicationID
                if let known = found[id], known.day <= ending.day { continue }
                found[id] = ending
            }
        }
        return found.values.sorted { $0.part.applicationID < $1.part.applicationID }
    }

    private static func ending(
        of survivors: Part, _ other: Part, _ left: Term, _ right: Term
    ) -> Ending {
        if survivors.kind == other.kind {
            return Ending(part: other, beside: survivors, reason: .merged, day: right.from)
        }
        let isCaller = survivors.kind == .caller
        return Ending(
            part: isCaller ? survivors : other, beside: isCaller ? other : survivors,
            reason: .superseded, day: max(left.from, right.from))
    }

    /// Of two live applications of one kind and year the one that has come furthest stays.
    private static func folds(_ parts: [Part], _ endings: [Ending]) -> [Fold] {
        var folds = endings.filter { $0.reason == .merged }
            .map { Fold(from: $0.part, into: $0.beside) }
        let ended = Set(endings.map(\.part.applicationID))
        let live = parts.filter { $0.isLive && !ended.contains($0.applicationID) }
        for alike in Dictionary(grouping: live, by: { "\($0.year.startYear)\($0.kind)" }).values {
            guard let stays = alike.max(by: { $1.goesBefore($0) }) else { continue }
            for part in alike where part != stays && part.appointment == nil {
                folds.append(Fold(from: part, into: stays))
            }
        }
        return folds.sorted { $0.from.applicationID < $1.from.applicationID }
    }
}

extension PersonMerging.Part {
    /// Whether it stands in the way of another one.
    fileprivate var isLive: Bool { state.isLive && term?.endReason == nil }

    private var rank: Int { appointment != nil ? 2 : state == .approved ? 1 : 0 }

    fileprivate func goesBefore(_ other: Self) -> Bool {
        if rank != other.rank { return rank > other.rank }
        if isSurvivors != other.isSurvivors { return isSurvivors }
        return applicationID < other.applicationID
    }
}

extension Term {
    fileprivate func overlaps(_ other: Term) -> Bool {
        from < other.endsOn && other.from < endsOn
    }
}
