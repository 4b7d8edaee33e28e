import ArgumentParser
import Enrollment
import JSON
import Procedures
import Store

extension PeopleCommand {
    struct Doubts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "重複の確認: by reason, how many wait, and how often it was the same person.")

        @Flag(help: "One JSON object a line.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let counts = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).reading.doubtCounts()
            }
            if !json { say("reason\twaits\tput off\tsame\tdifferent") }
            for count in counts { say(json ? Self.json(count).text : Self.line(count)) }
        }

        private static func line(_ count: DoubtCount) -> String {
            let reason = count.reason.isEmpty ? "-" : count.reason
            let numbers = [count.open, count.putOff, count.same, count.different]
            return ([reason] + numbers.map(String.init)).joined(separator: "\t")
        }

        private static func json(_ count: DoubtCount) -> JSONValue {
            .object([
                "reason": .string(count.reason), "waits": .integer(count.open),
                "put_off": .integer(count.putOff), "same": .integer(count.same),
                "different": .integer(count.different),
            ])
        }
    }

    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "人をまとめる: two persons are one, and the first stays.",
            discussion: "Without --seen it says what would be done, and a mark; with it, it does "
                + "exactly that, or nothing where anything has changed since.")

        @Argument(help: "受付番号 or 委員番号 of the one who stays.") var survivor: String
        @Argument(help: "Of the other.") var other: String
        @Option(help: "The mark of what was said would be done.") var seen: String?
        @Option(help: "Why, for the journal.") var because: String?
        @Flag(help: "JSON.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let asked = AskedMerge(
                survivor: survivor, other: other, seen: seen, because: because ?? "", json: json)
            let lines = try await CommandLoop.use { desk in
                try await asked.lines(wiring.office(on: desk.loop))
            }
            for line in lines { say(line) }
        }
    }

    struct Separate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "まとめを解く: takes a merge back.",
            discussion: "Without --seen it says what would be done, and what came since.")

        @Argument(help: "The merge's number.") var merge: Int
        @Option(help: "The mark of what was said would be done.") var seen: String?
        @Option(help: "Why, for the journal.") var because: String?
        @Option(help: "受付番号 of what came since and is the restored person's; once for each.")
        var given: [String] = []
        @Flag(help: "JSON.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let asked = AskedSeparation(
                merge: merge, seen: seen, because: because ?? "", given: given, json: json)
            let lines = try await CommandLoop.use { desk in
                try await asked.lines(wiring.office(on: desk.loop))
            }
            for line in lines { say(line) }
        }
    }
}

/// What was asked for, without how it was typed.
private struct AskedMerge: Sendable {
    let survivor: String
    let other: String
    let seen: String?
    let because: String
    let json: Bool

    func lines(_ office: Office) async throws -> [String] {
        let stays = try await office.personID(numbered: survivor)
        let absorbed = try await office.personID(numbered: other)
        guard let seen else {
            let plan = try await office.planMerge(of: absorbed, into: stays)
            return json ? [plan.json.text] : plan.lines
        }
        let id = try await office.mergePeople(
            absorbed, into: stays, seen: seen, because: because, by: Operator.actor)
        return [json ? JSONValue.object(["merge": .integer(id)]).text : "merged \(id)"]
    }
}

private struct AskedSeparation: Sendable {
    let merge: Int
    let seen: String?
    let because: String
    let given: [String]
    let json: Bool

    func lines(_ office: Office) async throws -> [String] {
        let plan = try await office.planSeparation(merge)
        guard let seen else { return json ? [plan.json.text] : plan.lines }
        let ids = try given.map { receipt in
            guard let found = plan.since.first(where: { $0.receipt == receipt }) else {
                throw Refusal.notFound
            }
            return found.id
        }
        try await office.separatePeople(
            merge, seen: seen, giving: ids, because: because, by: Operator.actor)
        let told = JSONValue.object(["separated": .integer(merge)]).text
        return [json ? told : "separated \(merge)"]
    }
}

extension PersonMergePlan {
    fileprivate var lines: [String] {
        ["stays\t\(survivor.memberNumber ?? "-")", "other\t\(absorbed.memberNumber ?? "-")"]
            + absorbed.applications.map { "goes over\t\($0.receipt)" }
            + merging.folds.map { "leads\t\($0.from.receipt)\t\($0.into.receipt)" }
            + merging.endings.map {
                "ends\t\($0.part.appointment ?? "")\t\($0.reason.rawValue)\t\($0.day)"
            } + ["letters\t\(letterCount)", "seen\t\(mark)"]
    }

    fileprivate var json: JSONValue {
        .object([
            "stays": survivor.memberNumber.map { .string($0) } ?? .null,
            "other": absorbed.memberNumber.map { .string($0) } ?? .null,
            "goes_over": .array(absorbed.applications.map { .string($0.receipt) }),
            "leads": .array(
                merging.folds.map {
                    .object(["from": .string($0.from.receipt), "into": .string($0.into.receipt)])
                }),
            "ends": .array(
                merging.endings.map {
                    .object([
                        "appointment": .string($0.part.appointment ?? ""),
                        "reason": .string($0.reason.rawValue),
                        "on": .string($0.day.description),
                    ])
                }), "letters": .integer(letterCount), "seen": .string(mark),
        ])
    }
}

extension SeparationPlan {
    fileprivate var lines: [String] {
        returning.map { "returns\t\($0.receipt)" } + since.map { "since\t\($0.receipt)" }
            + ["seen\t\(mark)"]
    }

    fileprivate var json: JSONValue {
        .object([
            "returns": .array(returning.map { .string($0.receipt) }),
            "since": .array(since.map { .string($0.receipt) }), "seen": .string(mark),
        ])
    }
}
