import Enrollment
import Foundation
import Procedures
import Store
import TestSupport
import Words

/// Files in the manner of clerks, from `Tests/Rosters`.
enum Rosters {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Rosters")

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }
}

extension OfficeDesk {
    /// Plans one of the files, as the organization's clerk does on the page.
    func planRoster(
        _ name: String, of body: String = "demo-hospital", saying choices: [ColumnChoice] = []
    ) async throws -> PlannedGroup {
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        let upload = GroupUpload(
            name: name, bytes: try Rosters.bytes(name), coordinator: coordinator,
            choices: choices)
        return try await office.planGroup(upload, of: body, by: .operator("coordinator"))
    }

    /// What the plan says in sentences: of the file, then of each row.
    func sentences(of planned: PlannedGroup) async throws -> [String] {
        let messages = Messages(try await office.rules(of: office.year), year: office.year)
        let ofRows = (planned.plan?.lines ?? []).flatMap { line in
            line.problems.map { messages.sentence($0, row: line.row) }
        }
        return planned.fileProblems.map { messages.sentence($0) } + ofRows
    }
}

extension PlannedGroup {
    /// The plan in short: "file N407" for the file, "3 error E211" for each of its rows.
    var inShort: [String] {
        let ofFile = fileProblems.map { "file \($0.code.rawValue)" }
        let ofRows = (plan?.lines ?? []).map { line in
            let codes = line.problems.map(\.code.rawValue)
            return (["\(line.row)", line.outcome.rawValue] + codes).joined(separator: " ")
        }
        return ofFile + ofRows
    }

    /// The application of a row of the file, where it is fit.
    func application(inRow row: Int) -> Application? {
        plan?.lines.first { $0.row == row }?.application
    }
}
