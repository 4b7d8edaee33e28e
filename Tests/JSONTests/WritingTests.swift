import Foundation
import JSON
import Testing

@Suite struct WritingTests {
    @Test func membersKeepTheirOrderAndNothingIsSpaced() {
        let value = JSONValue.object([
            "z": .null, "a": .array([.bool(true), .bool(false), .integer(.min)]), "m": .object([]),
        ])
        #expect(value.text == #"{"z":null,"a":[true,false,-9223372036854775808],"m":{}}"#)
    }

    @Test func onlyWhatMustBeEscapedIs() {
        let text = "\"\\/\0\u{8}\n\u{1F}\u{7F}é日🗾"
        #expect(
            JSONValue.string(text).text
                == "\"\\\"\\\\/\\u0000\\u0008\\u000a\\u001f\u{7F}é日🗾\"")
    }

    @Test func everyCharacterBelowTheSurrogatesComesBack() throws {
        let text = String(String.UnicodeScalarView((0..<0xD800).compactMap(Unicode.Scalar.init)))
        let value = JSONValue.object([JSONMember(text, .string(text))])
        #expect(try JSONValue(reading: value.octets) == value)
    }

    /// Another reader and writer: Python's.
    @Test func pythonReadsWhatIsWrittenAndIsRead() throws {
        let value = JSONValue.object([
            "日本\"\\\n\0\u{1F}🗾": .array([.integer(.max), .integer(.min), .null, .bool(true)]),
            "b": .object(["x": .string("\u{2028}\u{FEFF}")]), "a": .array([.array([])]),
        ])
        let answer = try python(
            "import json,sys; d=json.load(sys.stdin); print(json.dumps(d), end='')", value.octets)
        #expect(!answer.contains { $0 >= 0x80 }, "Python escapes all that is no ASCII")
        #expect(try JSONValue(reading: answer) == value)
    }

    private func python(_ program: String, _ input: [UInt8]) throws -> [UInt8] {
        let (process, receiving, giving) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program]
        process.standardInput = receiving
        process.standardOutput = giving
        try process.run()
        try receiving.fileHandleForWriting.write(contentsOf: Data(input))
        try receiving.fileHandleForWriting.close()
        let answer = try giving.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return [UInt8](answer)
    }
}
