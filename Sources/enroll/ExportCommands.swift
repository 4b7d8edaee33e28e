import ArgumentParser
import Enrollment
import Foundation
import Procedures
import Store
import Words

/// Of which day, as known when.
struct BasisOptions: ParsableArguments {
    @Option(help: "集計基準日, ISO 8601 (default: today).") var asOf: String?
    @Option(
        help:
            "Only what had been recorded by the end of this day, or by this moment (default: now).")
    var knownOn: String?

    func values(_ today: Day) throws -> (asOf: Day, known: KnownMoment) {
        (try asOf.map { try Self.day($0, "--as-of") } ?? today, try known())
    }

    private func known() throws -> KnownMoment {
        guard let knownOn else { return .now }
        return try KnownMoment(code: knownOn) ?? .endOf(Self.day(knownOn, "--known-on"))
    }

    private static func day(_ text: String, _ option: String) throws -> Day {
        guard let day = Day(text) else {
            throw Configuration.Fault(description: "\(option) is no day: \(text)")
        }
        return day
    }
}

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Files for others.", subcommands: [Ministry.self])

    struct Ministry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "本省様式: the ministry's workbook. Journalled with its purpose.")

        @OptionGroup var basis: BasisOptions
        @Option(help: "What the names are for.") var purpose = "本省への報告"
        @Option(help: "The file to write.") var out: String
        @Flag(help: "Write over a file of that name.") var overwrite = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let (asOf, known) = try basis.values(wiring.clock.now().day)
            let (purpose, out, overwrite) = (purpose, out, overwrite)
            let summary = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                let order = ExportOrder(
                    basis: try await office.basis(asOf: asOf, known: known), purpose: purpose,
                    requestedBy: "運用者")
                let file = try OutputFile(out, overwrites: overwrite)
                let summary = try await file.committed {
                    try await office.exportMinistry(order) { try file.write($0) }
                }
                try await office.recordExport(order, summary, by: Operator.actor)
                return summary
            }
            say("wrote \(out): \(summary.rowCount) appointments, \(summary.byteCount) bytes")
            say("sha256 \(summary.sha256)")
            say("data sha256 \(summary.dataSHA256)")
            if !summary.differences.isEmpty {
                throw NotAddingUp(
                    description: "does not add up: " + summary.differences.joined(separator: ", "))
            }
        }
    }

    struct NotAddingUp: CommandFault { let description: String }
}

struct TallyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tally", abstract: "The counts of a day on the screen.")

    @OptionGroup var basis: BasisOptions
    @OptionGroup var clock: ClockOption

    func run() async throws {
        let wiring = try await Wiring(clock)
        let (asOf, known) = try basis.values(wiring.clock.now().day)
        let numbers = try await CommandLoop.use { desk in
            let office = wiring.office(on: desk.loop)
            return try await office.numbers(asOf: asOf, known: known)
        }
        say("年度\t応募区分\t現任者数\t当年度任命数\t当年度終了数\t通算実人数\t通算延べ数")
        for year in numbers.years {
            for kind in Kind.allCases {
                let tally = numbers.total(year, kind)
                say(
                    "\(year.startYear)\t\(kind.word)\t\(tally.active)\t\(tally.appointed)\t"
                        + "\(tally.ended)\t\(tally.everPersons)\t\(tally.everAppointments)")
            }
        }
    }
}
