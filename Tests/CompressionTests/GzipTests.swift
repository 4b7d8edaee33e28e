import Compression
import Foundation
import Testing

@Suite struct GzipTests {
    @Test(arguments: [0, 1, 300, 100_000])
    func gunzipGivesTheSame(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8($0 % 251 & 0x3F) }
        let packed = try #require(gzip(bytes))
        #expect(packed.starts(with: [0x1F, 0x8B]))
        if count > 1_000 { #expect(packed.count < count / 10) }
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(filePath: "/bin/gzip")
        process.arguments = ["-dc"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(packed))
        try input.fileHandleForWriting.close()
        #expect(try output.fileHandleForReading.readToEnd() ?? Data() == Data(bytes))
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(gunzip(packed, upTo: count) == bytes && gunzip(packed + [0], upTo: count) == nil)
        if count > 0 { #expect(gunzip(packed, upTo: count - 1) == nil) }
        #expect(gunzip(Array(packed.dropLast()), upTo: count) == nil && gunzip([], upTo: 9) == nil)
    }
}
