public import Enrollment
internal import Secrets
public import Store

/// 発送の下見. What is said to have left, before that is said.
public struct ShippingPlan: Sendable {
    public let requests: [MaterialRecord]
    /// Another one where somebody has said something else since; says nothing.
    public let mark: String

    init(_ requests: [MaterialRecord]) {
        self.requests = requests
        let said = requests.map { "\($0.number) \($0.version)" }.joined(separator: "\n")
        mark = String(Digest.sha256Hex(said).prefix(24))
    }

    /// Those that can be: what was sent or withdrawn meanwhile is passed over.
    public var waiting: [MaterialRecord] {
        requests.filter { MaterialAct.send.state(after: $0.state) != nil }
    }

    public var others: [MaterialRecord] {
        requests.filter { MaterialAct.send.state(after: $0.state) == nil }
    }

    /// The plan of those alone.
    public var ofWaiting: ShippingPlan { ShippingPlan(waiting) }

    public var counts: MaterialCounts { waiting.reduce(MaterialCounts()) { $0 + $1.order.counts } }
}

/// Which requests are to be sent.
public enum ShippingChoice: Sendable {
    case numbers([Int])
    /// All that waits of an organization.
    case organization(Int)

    /// As many as one act may send.
    public static let limit = 5_000
}

/// 資材の発送 by the office.
extension Office {
    /// Writes nothing.
    public func planShipping(of choice: ShippingChoice) async throws -> ShippingPlan {
        ShippingPlan(try await requests(of: choice, reading))
    }

    private func requests(
        of choice: ShippingChoice, _ reading: ReadStore
    ) async throws -> [MaterialRecord] {
        switch choice {
        case .numbers(let numbers):
            return try await reading.materials(numbered: numbers)
        case .organization(let id):
            var filter = MaterialFilter()
            (filter.organizationID, filter.state) = (id, .waiting)
            filter.limit = ShippingChoice.limit
            return try await reading.materials(filter)
        }
    }

    /// 発送済み, on a day up to today. Says so of what the plan did; `mark` is nil for whoever names
    /// each by its number. Gives when it was said, by which it is taken back. Throws
    /// `Refusal.conflict` where the plan would be another one now, nothing waits, or the day is
    /// none of `shippingDays`.
    @discardableResult
    public func sendMaterials(
        _ numbers: [Int], on day: Day, seen mark: String?, by actor: Actor
    ) async throws -> (at: Instant, count: Int) {
        try await write { writing in
            let moment = moment(actor)
            let plan = ShippingPlan(try await writing.hold(materials: numbers))
            guard mark == nil ? plan.others.isEmpty : plan.mark == mark, !plan.waiting.isEmpty
            else { throw Refusal.conflict(.materialsHaveChanged) }
            guard shippingDays(of: plan).contains(day) else {
                throw Refusal.conflict(.shippingDayIsOutside)
            }
            try await writing.move(materials: plan.waiting, to: .sent, sentOn: day, at: moment)
            record(
                [Event(.sendMaterials, plan.waiting.map(\.number), .waiting, .sent, on: day)],
                in: writing, at: moment)
            return (moment.now, plan.waiting.count)
        }
    }

    /// The days on which all of it may have left.
    public func shippingDays(of plan: ShippingPlan) -> ClosedRange<Day> {
        min(plan.waiting.map(\.askedOn).max() ?? today, today)...today
    }

    /// None of it has left after all: all that one act said and still says. Gives how many requests
    /// those were. Throws `Refusal.conflict` where nothing of it is left.
    @discardableResult
    public func takeBackShipping(saidAt act: Instant, by actor: Actor) async throws -> Int {
        try await write { writing in
            let moment = moment(actor)
            let numbers = try await writing.reading.materials(sentBy: act)
            let held = try await writing.hold(materials: numbers).filter {
                $0.state == .sent && $0.knownFrom == act
            }
            guard !held.isEmpty else { throw Refusal.conflict(.materialsHaveChanged) }
            try await writing.move(materials: held, to: .waiting, at: moment)
            record(
                [Event(.takeBackSending, held.map(\.number), .sent, .waiting)], in: writing,
                at: moment)
            return held.count
        }
    }
}
