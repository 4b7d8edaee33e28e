import ArgumentParser
import Enrollment
import Foundation
import Procedures
import Store

/// Prints for the operator.
func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

/// What is not the answer of a command, for whoever runs it.
func warn(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the schema up to date, and say what each role may do.",
        discussion: "As the owner of the database (ENROLL_DATABASE_OWNER).")

    @Flag(help: "Only name what would be applied.") var plan = false
    @Option(help: "What this database is for, said once: demo, rehearsal or production.")
    var kind: String?
    @OptionGroup var clock: ClockOption

    func run() async throws {
        let wiring = try await Wiring(clock, needsNames: false, asOwner: true)
        let files = try MigrationFile.all(in: wiring.configuration.home)
        let grants = try Folder.text(wiring.configuration.home + "/Migrations/GRANTS.sql")
        let plan = plan
        let kind = try kind.map { text in
            guard let kind = InstallationKind(rawValue: text) else {
                throw Configuration.Fault(
                    description: "--kind is demo, rehearsal or production: \(text)")
            }
            return kind
        }
        let applied = try await CommandLoop.use { desk in
            let office = wiring.office(on: desk.loop)
            let applied = try await office.migrate(files, planOnly: plan)
            if !plan { try await office.grant(grants) }
            if let kind, !plan { try await office.install(as: kind) }
            return applied
        }
        for name in applied { say((plan ? "would apply " : "applied ") + name) }
        if applied.isEmpty { say("the schema is up to date") }
    }
}

extension MigrationFile {
    /// The migrations of a checkout; `SCHEMA.sql`, their sum, and `GRANTS.sql` are not among them.
    static func all(in home: String) throws -> [MigrationFile] {
        try Folder.files(in: home + "/Migrations", ending: ".sql")
            .filter { $0.name.first?.isNumber == true }
            .map { MigrationFile(name: $0.name, text: String(decoding: $0.bytes, as: UTF8.self)) }
    }
}

struct Load: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load dated reference data.",
        discussion: "As the owner of the database (ENROLL_DATABASE_OWNER).")

    @OptionGroup var clock: ClockOption

    func run() async throws {
        let wiring = try await Wiring(clock, needsNames: false, asOwner: true)
        let folder = wiring.configuration.home + "/Migrations/reference"
        for year in try Folder.years(in: folder) {
            let files = try Folder.files(in: "\(folder)/\(year)", ending: ".csv").map {
                ReferenceFile(name: $0.name, bytes: $0.bytes)
            }
            let loaded = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).loadReference(
                    files, of: FiscalYear(startYear: year))
            }
            let names = loaded.files
            say("\(year): \(names.isEmpty ? "nothing new" : names.joined(separator: " "))")
            for one in loaded.kept {
                warn(
                    "\(year): \(one.organization), \(one.column): the office's \"\(one.held)\" "
                        + "stays, not the file's \"\(one.typed)\"")
            }
        }
    }
}

struct OpenYear: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open-year", abstract: "Open a fiscal year with the lists of the one before.")

    @Argument(help: "The calendar year of its 1 April.") var year: Int
    @OptionGroup var clock: ClockOption

    func validate() throws {
        guard (2021...2099).contains(year) else {
            throw ValidationError(
                "A fiscal year is named by its 1 April, such as 2027; not \(year).")
        }
    }

    func run() async throws {
        let wiring = try await Wiring(clock, needsNames: false)
        let year = FiscalYear(startYear: year)
        try await CommandLoop.use { desk in
            try await wiring.office(on: desk.loop).openFiscalYear(year, by: Operator.actor)
        }
        say("fiscal year \(year.startYear) is open")
    }
}

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prepare a demo: this year's data, whatever year it is.")

    @OptionGroup var clock: ClockOption

    func run() async throws {
        let wiring = try await Wiring(clock, needsNames: false)
        guard wiring.settings.isDemo else {
            throw Configuration.Fault(description: "this database is not a demo")
        }
        try await CommandLoop.use { desk in
            let office = wiring.office(on: desk.loop)
            guard var newest = try await office.reading.newestYear() else { return }
            while newest < office.year {
                newest = newest.next
                try await office.openFiscalYear(newest, by: .demo)
            }
            // What somebody has said of it since the demo was last prepared stays.
            let known = try await office.reading.organization(
                code: "demo-hospital", in: office.year)
            guard known?.terms == nil else { return }
            try await office.openOrganization(
                NewOrganization(
                    code: "demo-hospital", name: known?.name ?? "見本病院", kindCode: "399",
                    groupCode: "hospitals"),
                terms: OrganizationTerms(
                    category: .agencyApproved, programmeID: nil,
                    activityNote: "病院の窓口で、デジタル機器やサービスの利用を支援している。",
                    opensOn: office.year.firstDay, closesOn: nil), by: .demo)
        }
    }
}

/// Files of a folder, by name.
enum Folder {
    struct Missing: CommandFault { let description: String }

    static func files(in folder: String, ending: String) throws -> [(name: String, bytes: [UInt8])]
    {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw Missing(description: "the folder \(folder) is not there; set ENROLL_HOME")
        }
        return try names.filter { $0.hasSuffix(ending) }.sorted().map { name in
            let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
            return (name, [UInt8](data))
        }
    }

    static func text(_ path: String) throws -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Missing(description: "the file \(path) is not there; set ENROLL_HOME")
        }
        return text
    }

    /// Folders named after a year, oldest first.
    static func years(in folder: String) throws -> [Int] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw Missing(description: "the folder \(folder) is not there; set ENROLL_HOME")
        }
        return names.compactMap { Int($0) }.sorted()
    }
}
