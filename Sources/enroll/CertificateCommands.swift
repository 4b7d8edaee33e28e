import ArgumentParser
import Enrollment
import JSON
import Procedures
import Store

extension Appoint {
    struct Certificates: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "任命状 of all whom a plan appointed, as one PDF, a page a person.",
            discussion: """
                Whoever was taken back, whose appointment ended before its time, or who was \
                forgotten gets none. Nothing is kept of the files here: they are personal data \
                of whoever has them.
                """)

        @Argument(help: "The number of the plan that was applied.") var plan: String
        @Option(help: "The PDF to write.") var out: String
        @Option(help: "任命式の名簿: a CSV file with a line for each page, in their order.")
        var list: String?
        @Flag(help: "再発行: mark each as such, with today's day.") var reissue = false
        @Flag(help: "Write over files of these names.") var overwrite = false
        @Flag(help: "One JSON object on standard output.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let (plan, isReissue) = (plan, reissue)
            try OutputFile.check([("--out", out), ("--list", list)], overwrites: overwrite)
            let file = try OutputFile(out, overwrites: overwrite)
            let names = try list.map { try OutputFile($0, overwrites: overwrite) }
            let run = try await file.committed {
                try await CommandLoop.use { desk in
                    try await wiring.office(on: desk.loop).certificates(
                        ofPlan: plan, isReissue: isReissue, by: Operator.actor
                    ) { try file.write($0) }
                }
            }
            try await names?.committed { try names?.write(run.list) }
            let told: JSONValue = .object([
                "plan": .string(plan), "given": .integer(run.given),
                "not_given": .integer(run.notGiven),
            ])
            say(json ? told.text : "given\t\(run.given)\nnot given\t\(run.notGiven)")
        }
    }
}
