import ArgumentParser
import Foundation
import Testing

@testable import enroll

/// A file of somebody's is written over only when they say so.
@Suite struct OutputFileTests {
    private let path = NSTemporaryDirectory() + "output-\(UInt64.random(in: 0 ... .max)).xlsx"

    private func write(_ text: String, overwrites: Bool = false) throws {
        let file = try OutputFile(path, overwrites: overwrites)
        try file.write(Array(text.utf8))
        try file.commit()
    }

    private var text: String? { try? String(contentsOfFile: path, encoding: .utf8) }

    @Test func aFileThatIsThereStaysUnlessItIsToBeOverwritten() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        try write("a")
        let refused = #expect(throws: OutputFile.Exists.self) { try write("b") }
        #expect(refused?.description.contains("--overwrite") == true)
        #expect(text == "a")
        try write("b", overwrites: true)
        #expect(text == "b")
    }

    /// No installation is looked for: what is refused is refused before anything is planned.
    @Test(arguments: ["--errors", "--lines"])
    func whatAPlanWritesTakesNoFilesPlaceUnlessToldTo(option: String) async throws {
        let source = path + ".csv"
        defer { for file in [path, source] { try? FileManager.default.removeItem(atPath: file) } }
        try write("somebody's")
        try Data("氏,名".utf8).write(to: URL(filePath: source))
        let command = try Import.Plan.parse([
            source, "--organization", "demo-hospital", option, path,
        ])
        await #expect(throws: OutputFile.Exists.self) { try await command.run() }
        #expect(text == "somebody's")
    }

    @Test func twoOptionsNeverNameOneFile() {
        let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        let same = folder + "./" + URL(filePath: path).lastPathComponent
        let fault = #expect(throws: Configuration.Fault.self) {
            try OutputFile.check([("--out", path), ("--list", same)], overwrites: true)
        }
        #expect(fault?.description.contains("--out and --list are one file") == true)
    }

    @Test func whatIsReadIsNotWrittenOver() {
        #expect(throws: Configuration.Fault.self) {
            try OutputFile.check([("--lines", path)], reading: path, overwrites: true)
        }
    }

    @Test(arguments: [NSTemporaryDirectory(), "/dev/null"])
    func whatIsNoOrdinaryFileStays(path: String) {
        #expect(throws: Configuration.Fault.self) {
            try OutputFile.check(path, overwrites: true)
        }
    }

    @Test func aLinkStaysAndWhatItLeadsToIsWritten() throws {
        let link = path + ".link"
        defer { for file in [path, link] { try? FileManager.default.removeItem(atPath: file) } }
        try write("a")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        let file = try OutputFile(link, overwrites: true)
        try file.write(Array("b".utf8))
        try file.commit()
        #expect(text == "b")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
    }

    /// However the command ends: what is not whole has no name.
    @Test func whatIsNotWholeIsNowhere() throws {
        let file = try OutputFile(path, overwrites: true)
        try file.write(Array("names".utf8))
        let there = try FileManager.default.contentsOfDirectory(atPath: NSTemporaryDirectory())
        #expect(!there.contains { $0.hasPrefix(URL(filePath: path).lastPathComponent) })
    }

    @Test func aFileThatCameMeanwhileStaysToo() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try OutputFile(path, overwrites: false)
        try file.write(Array("late".utf8))
        #expect(text == nil, "it appears whole")
        try write("first")
        #expect(throws: OutputFile.Exists.self) { try file.commit() }
        #expect(text == "first")
        let left = try FileManager.default.contentsOfDirectory(atPath: NSTemporaryDirectory())
        let name = URL(filePath: path).lastPathComponent
        #expect(left.filter { $0.hasPrefix(name) } == [name])
    }
}
