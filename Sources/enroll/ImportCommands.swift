import ArgumentParser
import Enrollment
import Foundation
import JSON
import Procedures
import Store
import Words

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The group application, as on the page.",
        subcommands: [Plan.self, Apply.self, Discard.self, Undo.self, List.self, Columns.self])

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read a file and say what would become of each row.")

        @Argument(help: "A CSV file or an Excel book (.xlsx).") var file: String
        @Option(help: "The body's code.") var organization: String
        @Option(help: "Where the rows to correct are written: a CSV file, or of a book a book.")
        var errors: String?
        @Option(
            help: ArgumentHelp(
                "Where a line for each row is written, a CSV file: 行番号, 区分, 受付番号 of whom it is "
                    + "about (where that is asked, of all whom it may be about), 理由."))
        var lines: String?
        @Flag(help: "Write over a file of that name.") var overwrite = false
        @Option(help: "How viewing was made sure: 本人の申告, 団体で視聴会を実施, 団体の研修システムの記録.")
        var evidence = EvidenceKind.personal.word
        @Option(
            help: ArgumentHelp(
                "What a column is, where its heading is not understood: HEADING=QUESTION, as in "
                    + "'サーネーム=氏' or 'アドレス2=unused' (使わない); the second column of a heading is "
                    + "HEADING#2. May be repeated, and is remembered for the body's next file.",
                valueName: "heading=question"))
        var column: [String] = []
        @Option(help: "The sheet of a book that is read, if not the first that looks right.")
        var sheet: String?
        @Flag(help: "One JSON object on standard output.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let choices = try column.map(ColumnChoice.init(argument:))
            guard let kind = EvidenceKind.allCases.first(where: { $0.word == evidence }) else {
                throw Configuration.Fault(description: "--evidence is not known: \(evidence)")
            }
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw Folder.Missing(description: "the file \(file) cannot be read")
            }
            try OutputFile.check(
                [("--errors", errors), ("--lines", lines)], reading: file,
                overwrites: overwrite)
            let wiring = try await Wiring(clock)
            // 代理: the operator is agent and attests, which the journal shows by the actor.
            let coordinator = Coordinator(
                name: "代理", phone: "", email: "", evidence: kind, attests: true)
            let upload = GroupUpload(
                name: URL(filePath: file).lastPathComponent, bytes: [UInt8](bytes),
                coordinator: coordinator, choices: choices,
                sheet: sheet.map { SheetChoice.named($0) } ?? .likeliest)
            let (organization, overwrite) = (organization, overwrite)
            let (errors, lines) = (errors, lines)
            let (planned, messages) = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                let planned = try await office.planGroup(
                    upload, of: organization, by: Operator.actor)
                if let errors, let number = planned.number,
                    let file = try await office.errorFile(of: number)
                {
                    try OutputFile.write(file.bytes, to: errors, overwrites: overwrite)
                }
                if let lines, let bytes = try await office.linesFile(of: planned) {
                    try OutputFile.write(bytes, to: lines, overwrites: overwrite)
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

    struct Discard: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a file away that was not sent, and forget at once what was in it.")

        @Argument(help: "The file's number.") var number: String
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let number = number
            try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop)
                    .discardGroup(number, within: nil, by: Operator.actor)
            }
            say("discarded \(number)")
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

extension ActorRecord {
    /// The name of an account; of others what they are.
    fileprivate var said: String {
        name ?? String((actor?.code ?? "").prefix { $0 != ":" })
    }
}

extension ColumnChoice {
    /// `HEADING=QUESTION`, `HEADING#2=QUESTION`; the heading may have a `=` itself.
    fileprivate init(argument: String) throws {
        guard let equals = argument.lastIndex(of: "="), equals > argument.startIndex,
            let use = ColumnUse(word: String(argument[argument.index(after: equals)...]))
        else {
            throw Configuration.Fault(
                description: "--column needs HEADING=QUESTION with a question of the template "
                    + "(氏名), its code (full_name) or unused: \(argument)")
        }
        let parts = argument[..<equals].split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count > 1, let ordinal = parts.last.flatMap({ Int($0) }), ordinal > 0 else {
            self.init(ColumnName(String(argument[..<equals])), use)
            return
        }
        self.init(
            ColumnName(parts.dropLast().joined(separator: "#"), ordinal: ordinal), use)
    }
}

extension Import {
    struct Columns: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What a body has said of the columns of its files, as it holds now: "
                + "the heading, what it is taken for, when that was said, and by whom.")

        @Option(help: "The body's code.") var organization: String
        @Flag(help: "One JSON object a line.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let code = organization
            let remembered = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).rememberedColumns(of: code)
            }
            for column in remembered { say(json ? column.json.text : column.line) }
        }
    }
}

extension RememberedColumn {
    fileprivate var line: String {
        [choice.name.argument, choice.use.code, "\(at)", by.said].joined(separator: "\t")
    }

    fileprivate var json: JSONValue {
        .object([
            "by": .string(by.said), "heading": .string(choice.name.heading),
            "ordinal": .integer(choice.name.ordinal), "since": .string("\(at)"),
            "use": .string(choice.use.code),
        ])
    }
}
