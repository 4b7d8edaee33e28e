import ArgumentParser
import Enrollment
import Foundation
import Procedures
import Store
import Words

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The group application, as on the page.",
        subcommands: [Plan.self, Apply.self, List.self])

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read a file and say what would become of each row.")

        @Argument(help: "A CSV file.") var file: String
        @Option(help: "The body's code.") var organization: String
        @Option(help: "Where the rows to correct are written.") var errors: String?
        @Flag(help: "Write over a file of that name.") var overwrite = false
        @Option(help: "How viewing was made sure: 本人の申告, 団体で視聴会を実施, 団体の研修システムの記録.")
        var evidence = EvidenceKind.personal.word
        @Flag(help: "One JSON object on standard output.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            guard let kind = EvidenceKind.allCases.first(where: { $0.word == evidence }) else {
                throw Configuration.Fault(description: "--evidence is not known: \(evidence)")
            }
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw Folder.Missing(description: "the file \(file) cannot be read")
            }
            if let errors { try OutputFile.check(errors, overwrites: overwrite) }
            let wiring = try await Wiring(clock)
            // 代理: the operator is agent and attests, which the journal shows by the actor.
            let coordinator = Coordinator(
                name: "代理", phone: "", email: "", evidence: kind, attests: true)
            let upload = GroupUpload(
                name: URL(filePath: file).lastPathComponent, bytes: [UInt8](bytes),
                coordinator: coordinator)
            let (organization, errors, overwrite) = (organization, errors, overwrite)
            let (planned, messages) = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                let planned = try await office.planGroup(
                    upload, of: organization, by: Operator.actor)
                if let errors, let number = planned.number,
                    let file = try await office.errorFile(of: number)
                {
                    let output = try OutputFile(errors, overwrites: overwrite)
                    try output.write(file)
                    try output.commit()
                }
                let rules = try await office.rules(of: office.year)
                return (planned, Messages(rules, year: office.year))
            }
            let report = PlanReport(planned, messages)
            say(json ? report.json() : report.text())
            if report.hasErrors { throw ExitCode(1) }
        }
    }

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "File the fit rows of a plan. The file is planned again first: "
                + "if that gives another plan, do nothing, name it and exit with 1.")

        @Argument(help: "The plan's number.") var plan: String
        @Flag(help: "Rows that may be the same person are different people.") var heldToo = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let (plan, heldToo) = (plan, heldToo)
            let result = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).applyGroup(
                    plan, includingHeld: heldToo, by: Operator.actor)
            }
            try say(result, "applied")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The newest files.")

        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let files = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).reading.groupFiles(of: nil, limit: 50)
            }
            for file in files {
                let shown = [
                    file.number, file.state.rawValue, "\(file.rowCount)", "\(file.uploadedAt)",
                    file.fileName,
                ]
                say(shown.joined(separator: "\t"))
            }
        }
    }
}
