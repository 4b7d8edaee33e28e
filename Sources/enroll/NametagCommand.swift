import ArgumentParser
import Enrollment
import JSON
import Procedures

extension Appoint {
    struct Nametags: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "名札 of all whom a plan appointed, as one PDF, ten to a page.",
            discussion: """
                A4 with marks where to cut, 91 × 55 mm each, as sheets of ten business cards. \
                Print without fitting to the page. Whoever gets no 任命状 gets none. Nothing is \
                kept of the file here: it is personal data of whoever has it.
                """)

        @Argument(help: "The number of the plan that was applied.") var plan: String
        @Option(help: "The PDF to write.") var out: String
        @Flag(help: "Write over a file of this name.") var overwrite = false
        @Flag(help: "One JSON object on standard output.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let plan = plan
            let file = try OutputFile(out, overwrites: overwrite)
            let run = try await file.committed {
                try await CommandLoop.use { desk in
                    try await wiring.office(on: desk.loop).nametags(
                        ofPlan: plan, by: Operator.actor
                    ) { try file.write($0) }
                }
            }
            let told: JSONValue = .object([
                "plan": .string(plan), "given": .integer(run.given),
                "not_given": .integer(run.notGiven), "pages": .integer(run.pages),
            ])
            say(
                json
                    ? told.text
                    : "given\t\(run.given)\nnot given\t\(run.notGiven)\npages\t\(run.pages)")
        }
    }
}
