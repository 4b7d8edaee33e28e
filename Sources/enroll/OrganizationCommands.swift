import ArgumentParser
import Enrollment
import JSON
import Procedures
import Store
import Words

struct OrganizationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organization",
        abstract: "団体: opened, renamed, closed; 事業所 of one are under `places`.",
        subcommands: [
            List.self, Open.self, Rename.self, Change.self, Close.self, Reopen.self,
        ])

    struct Which: ParsableArguments {
        @Argument(help: "The organization's code.") var code: String
        @Flag(help: "One JSON object.") var json = false
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Code, name, 法人番号, group, category of this year, the first day without it.")

        @Argument(help: "A part of a name, also of one before; a code; a 法人番号.")
        var typed = ""
        @Flag(help: "One JSON object a line.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let wanted = typed
            let found = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                var filter = OrganizationFilter()
                (filter.typed, filter.limit) = (wanted, 10_000)
                return try await office.reading.organizations(filter, in: office.year)
            }
            for line in found { say(json ? line.json.text : line.text) }
        }
    }

    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open one that is not there yet, for this fiscal year.")

        @OptionGroup var which: Which
        @Option(help: "Its name.") var name: String
        @Option(help: "Its 法人番号, where it has one.") var corporateNumber = ""
        @Option(help: "法人種別: 399 and the like.") var kind = "399"
        @Option(help: "The code of its 団体グループ.") var group: String
        @Option(help: "national_project, listed_org, local_gov_project or agency_approved.")
        var category: String
        @Option(help: "The code of a 事業, in a category that has some.") var programme = ""
        @Option(help: "The first day on which its people apply, as 2027-04-01.")
        var opensOn: String
        @Option(help: "The last one; otherwise the end of the year.") var closesOn = ""
        @Option(help: "活動内容.") var activity = ""
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let draft = draft
            let outcome = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).openOrganization(
                    draft, by: Operator.actor)
            }
            try outcome.say("opened", which)
        }

        private var draft: OrganizationDraft {
            var draft = OrganizationDraft()
            (draft.code, draft.name, draft.corporateNumber) = (which.code, name, corporateNumber)
            (draft.kind, draft.group, draft.category) = (kind, group, category)
            (draft.programme, draft.activityNote) = (programme, activity)
            (draft.opensOn, draft.closesOn) = (opensOn, closesOn)
            return draft
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give one another name as of a day; the one before is still found.")

        @OptionGroup var which: Which
        @Option(help: "The name from then on.") var name: String
        @Option(help: "Since when, as 2026-10-01; not to come.") var since: String
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let (name, since) = (name, OrganizationDraft.day(since))
            try await which.change("renamed", clock) { office, known in
                try await office.renameOrganization(
                    known.code, to: name, from: since, seen: known.name, by: Operator.actor)
            }
        }
    }

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Its 法人番号 and its 団体グループ; what is not said stays.")

        @OptionGroup var which: Which
        @Option(help: "Its 法人番号; empty for none.") var corporateNumber: String?
        @Option(help: "The code of its 団体グループ.") var group: String?
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let (number, group) = (corporateNumber, group)
            try await which.change("changed", clock) { office, known in
                try await office.changeOrganization(
                    known.code, number: number ?? known.corporateNumber,
                    group: group ?? known.groupCode,
                    seen: (known.corporateNumber, known.groupCode), by: Operator.actor)
            }
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "From a day on nobody applies by it, and nobody signs in for it.")

        @OptionGroup var which: Which
        @Option(help: "The first day on which it is no more, as 2027-04-01.") var on: String
        @OptionGroup var clock: ClockOption

        func run() async throws {
            guard let day = OrganizationDraft.day(on) else {
                throw ValidationError("--on is a day as 2027-04-01: \(on)")
            }
            try await which.change("closed", clock) { office, known in
                try await office.endOrganization(
                    known.code, on: day, seen: known.endsOn, by: Operator.actor)
            }
        }
    }

    struct Reopen: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a closing back.")

        @OptionGroup var which: Which
        @OptionGroup var clock: ClockOption

        func run() async throws {
            try await which.change("reopened", clock) { office, known in
                try await office.endOrganization(
                    known.code, on: nil, seen: known.endsOn, by: Operator.actor)
            }
        }
    }
}

extension OrganizationCommand.Which {
    fileprivate func change(
        _ done: String, _ clock: ClockOption,
        _ act: @escaping @Sendable (Office, OrganizationLine) async throws -> OrganizationOutcome
    ) async throws {
        let wiring = try await Wiring(clock, needsNames: false)
        let code = code
        let outcome = try await CommandLoop.use { desk in
            let office = wiring.office(on: desk.loop)
            guard let known = try await office.reading.organization(code: code, in: office.year)
            else { throw Refusal.notFound }
            return try await act(office, known)
        }
        try outcome.say(done, self)
    }
}

extension OrganizationOutcome {
    fileprivate func say(_ done: String, _ which: OrganizationCommand.Which) throws {
        if case .rejected(let problems) = self {
            for problem in problems { warn(problem.sentence) }
            throw ExitCode(1)
        }
        enroll.say(
            which.json
                ? JSONValue.object([JSONMember(done, .string(which.code))]).text
                : "\(done)\t\(which.code)")
    }
}

extension OrganizationLine {
    fileprivate var text: String {
        [
            code, name, corporateNumber.isEmpty ? "-" : corporateNumber, groupCode,
            terms?.category.rawValue ?? "-", endsOn?.description ?? "-",
        ].joined(separator: "\t")
    }

    fileprivate var json: JSONValue {
        let members: [(String, JSONValue?)] = [
            ("accounts", .integer(accountCount)),
            ("category", terms.map { .string($0.category.rawValue) }),
            ("closes_on", terms?.closesOn.map { .string($0.description) }),
            ("code", .string(code)), ("corporate_number", .string(corporateNumber)),
            ("ends_on", endsOn.map { .string($0.description) }), ("group", .string(groupCode)),
            ("name", .string(name)), ("opens_on", terms.map { .string($0.opensOn.description) }),
            ("places", .integer(placeCount)),
        ]
        return .object(members.compactMap { name, value in value.map { JSONMember(name, $0) } })
    }
}
