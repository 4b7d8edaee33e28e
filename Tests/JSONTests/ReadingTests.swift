import JSON
import Testing

/// What RFC 8259 allows, forbids, and leaves to whoever reads.
@Suite struct ReadingTests {
    static let allowed: [(text: String, value: JSONValue)] = [
        ("null", .null), ("true", .bool(true)), ("false", .bool(false)),
        (" \t\r\n[ ] \n", .array([])), ("{}", .object([])), ("{ }", .object([])),
        ("[1 , 2]", .array([.integer(1), .integer(2)])),
        (#"{"b":1,"a":{"b":2}}"#, .object(["b": .integer(1), "a": .object(["b": .integer(2)])])),
        (#"{"":0}"#, .object(["": .integer(0)])),
        ("0", .integer(0)), ("-1", .integer(-1)),
        ("9007199254740993", .integer(9_007_199_254_740_993)),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        (#""""#, .string("")), (#""日本語 🗾""#, .string("日本語 🗾")),
        (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
        (#""\u0000\u65e5\u65E5""#, .string("\0日日")),
        (#""\ud83d\uDDFE""#, .string("🗾")), (#""a\u002cb""#, .string("a,b")),
        ("\"\u{7F}\u{2028}\u{FEFF}\"", .string("\u{7F}\u{2028}\u{FEFF}")),
    ]

    @Test(arguments: allowed)
    func whatTheGrammarKnowsIsRead(text: String, value: JSONValue) throws {
        #expect(try JSONValue(reading: text.utf8) == value)
        #expect(try JSONValue(reading: value.octets) == value)
    }

    @Test(arguments: [
        "-0", "0.0", "-0.0", "1.10", "1e2", "1E+2", "1e-2", "0e0", "9223372036854775808",
        "-9223372036854775809", "123456789012345678901234567890.5", "1e999999",
    ])
    func aNumberThatIsNoIntKeepsItsText(text: String) throws {
        let number = try #require(JSONNumber(text))
        #expect(try JSONValue(reading: text.utf8) == .number(number))
        #expect(JSONValue.array([.number(number)]).text == "[\(text)]")
    }

    @Test(arguments: ["1", " 1.5", "1.5 ", "", "x", "\"1.5\"", "1.", "01.5", "NaN"])
    func nothingElseIsMadeANumber(text: String) { #expect(JSONNumber(text) == nil) }

    static let forbidden: [(text: String, reason: JSONFault.Reason, offset: Int)] = [
        ("", .end, 0), (" ", .end, 1), ("[", .end, 1), ("[1", .end, 2), ("[1,", .end, 3),
        ("{", .end, 1), (#"{"a""#, .end, 4), (#"{"a":"#, .end, 5), (#"{"a":1"#, .end, 6),
        ("tru", .end, 3), (#"""#, .end, 1), (#""\"#, .end, 2), (#""\u12"#, .end, 5),
        ("-", .end, 1), ("1.", .end, 2), ("1e", .end, 2), ("1e+", .end, 3),
        ("[1,]", .octet, 3), ("[,1]", .octet, 1), ("[1 2]", .octet, 3), ("[1}", .octet, 2),
        (#"{"a":1,}"#, .octet, 7), ("{a:1}", .octet, 1), ("{'a':1}", .octet, 1),
        ("{1:1}", .octet, 1),
        (#"{"a" 1}"#, .octet, 5), (#"{"a",1}"#, .octet, 4), ("True", .octet, 0),
        ("nul1", .octet, 3),
        ("NaN", .octet, 0), ("Infinity", .octet, 0), ("+1", .octet, 0), (".5", .octet, 0),
        ("\u{FEFF}1", .octet, 0), ("\u{A0}1", .octet, 0), ("\u{C}1", .octet, 0),
        ("/**/1", .octet, 0),
        ("01", .number, 1), ("-01", .number, 2), ("1.e1", .number, 2), ("1.a", .number, 2),
        ("-a", .number, 1), ("1ee", .number, 2), ("0x1", .trailing, 1), ("1 2", .trailing, 2),
        ("[]]", .trailing, 2), ("1\0", .trailing, 1), ("\"\u{1}\"", .control, 1),
        ("\"a\n\"", .control, 2), ("\"\t\"", .control, 1), (#""\x41""#, .escape, 2),
        (#""\u12g4""#, .escape, 5), (#""\U0041""#, .escape, 2), (#""\ud800""#, .surrogate, 1),
        (#""\udc00""#, .surrogate, 1), (#""\ud800\u0041""#, .surrogate, 1),
        (#""a\ud800\n""#, .surrogate, 2), (#"{"a":1,"a":1}"#, .duplicate, 7),
        (#"{"a":1,"\u0061":2}"#, .duplicate, 7),
    ]

    @Test(arguments: forbidden)
    func whatItDoesNotKnowIsRefusedWhereItStands(
        text: String, reason: JSONFault.Reason, offset: Int
    ) {
        expectFault(reason, at: offset, Array(text.utf8))
    }

    /// RFC 3629: cut off, a lone continuation, overlong, a surrogate, beyond U+10FFFF, never used.
    @Test(
        arguments: [
            [0x80], [0xE6, 0x97], [0xC3, 0x22], [0xC0, 0xAF], [0xE0, 0x80, 0xAF],
            [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func whatIsNoUTF8IsRefused(octets: [UInt8]) {
        expectFault(.encoding, at: 4, [0x22, 0xE6, 0x97, 0xA5] + octets + [0x22])
    }

    @Test func namesAreComparedByOctets() throws {
        let value = try JSONValue(reading: "{\"\u{FA19}\":1,\"\u{795E}\":2}".utf8)
        #expect(value["\u{795E}"] == .integer(2))
        #expect(value["\u{FA19}"] == .integer(1))
        #expect(value["x"] == nil)
        #expect(JSONValue.string("\u{FA19}") != .string("\u{795E}"))
    }

    @Test func eachCeilingIsReachedAndNotPassed() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(repeating: 0x5B, count: depth) + Array(repeating: 0x5D, count: depth)
        }
        _ = try JSONValue(reading: nested(32))
        expectFault(.depth, at: 32, nested(33))
        let most = JSONLimits(depth: .max)
        _ = try JSONValue(reading: nested(JSONLimits.mostDepth), limits: most)
        expectFault(.depth, at: 512, Array(repeating: 0x5B, count: 100_000), most)
        _ = try JSONValue(reading: "[1,2]".utf8, limits: JSONLimits(size: 5, count: 3))
        expectFault(.size, at: 5, Array("[1,2] ".utf8), JSONLimits(size: 5))
        expectFault(.count, at: 3, Array("[1,2]".utf8), JSONLimits(count: 2))
    }

    private func expectFault(
        _ reason: JSONFault.Reason, at offset: Int, _ octets: [UInt8],
        _ limits: JSONLimits = JSONLimits()
    ) {
        #expect(throws: JSONFault(reason: reason, offset: offset)) {
            try JSONValue(reading: octets, limits: limits)
        }
    }
}
