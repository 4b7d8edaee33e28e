import ArgumentParser
import Foundation
import Testing

@testable import enroll

@Suite struct VersionTests {
    @Test func theNewestHeadingOfTheChangelogIsThisVersion() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let changes = try String(contentsOf: root.appending(path: "CHANGELOG.md"), encoding: .utf8)
        let heading = changes.split(separator: "\n").first { $0.hasPrefix("## ") } ?? ""
        #expect(heading.dropFirst(3).split(separator: ",").first ?? "" == Version.current)
    }

    @Test func theProgramSaysItsVersion() {
        #expect(Enroll.configuration.version == Version.current)
    }
}
