import Foundation
import TemporaryFiles
import Testing

@Suite struct TemporaryFileTests {
    @Test func whatIsAppendedComesBack() throws {
        let file = try TemporaryFile()
        #expect(try file.contents().isEmpty)
        var expected: [UInt8] = []
        for round in 0..<50 {
            let bytes = [UInt8](repeating: UInt8(round), count: round * 1_000)
            try file.append(bytes)
            expected += bytes
        }
        #expect(file.count == expected.count)
        #expect(try file.contents() == expected)
    }

    @Test func itHasNoNameAndIsClosedToOthers() throws {
        let file = try TemporaryFile()
        try file.append([1, 2, 3])
        let links = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap
        {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + $0)
        }
        #expect(links.contains { $0.contains("(deleted)") })
        #expect(file.count == 3)
    }
}
