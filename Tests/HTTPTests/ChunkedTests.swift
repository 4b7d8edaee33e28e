import HTTP
import Testing

@Suite struct ChunkedTests {
    private static let start = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"

    private func chunked(_ body: String, limits: ParserLimits = .standard) -> ReadStore {
        read(Self.start + body, limits: limits)
    }

    @Test(arguments: [
        ("0\r\n\r\n", ""), ("5\r\nhello\r\n0\r\n\r\n", "hello"),
        ("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde"),
        ("a\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ("A\r\n0123456789\r\n00\r\n\r\n", "0123456789"),
        ("000005\r\nhello\r\n000\r\n\r\n", "hello"),
        ("5;a\r\nhello\r\n0;b=c\r\n\r\n", "hello"),
        ("5;a=b;c=\"d;\\\"e\"\r\nhello\r\n0\r\n\r\n", "hello"),
        ("5 ; a = b\r\nhello\r\n0\r\n\r\n", "hello"), ("2\r\n\r\n\r\n0\r\n\r\n", "\r\n"),
        ("5\r\nhello\r\n0\r\nX: y\r\nContent-Length: 5\r\n\r\n", "hello"),
        ("1\r\n0\r\n0\r\nA:\r\n\r\n", "0"),
        ("000000000000005\r\nhello\r\n0\r\n\r\n", "hello"),
    ])
    func aChunkedBodyIsDecoded(_ wire: String, _ body: String) {
        let reading = chunked(wire)
        #expect(reading.rejection == nil)
        #expect(reading.bodies == [Array(body.utf8)])
        #expect(reading.isComplete)
    }

    @Test func trailersAreNotMergedIntoTheHead() {
        let reading = chunked("0\r\nX-Role: admin\r\n\r\n")
        #expect(reading.heads.first?.headers.contains("X-Role") == false)
    }

    @Test(arguments: [
        "+5\r\nhello\r\n", "-5\r\nhello\r\n", "0x5\r\nhello\r\n", " 5\r\nhello\r\n",
        "5 \r\nhello\r\n",
        "\r\nhello", "g\r\n", "5\nhello\r\n", "5\rhello\r\n", "5\r\r\nhello",
        "5\r\nhello\n0\r\n\r\n",
        "5\r\nhello0\r\n\r\n", "5\r\nhell\r\n0\r\n\r\n", "5\r\nhelloo\r\n0\r\n\r\n",
        "5\r\nhello\r0\r\n\r\n", "5;\r\nhello\r\n", "5;;\r\n", "5;a=\r\n", "5;=b\r\n", "5;a b\r\n",
        "5;a=\"b\r\n", "5;a=\"b\"c\r\n", "5;a\nhello", "5;a\rhello", "5;a=\"\n\"\r\n",
        "5;\u{0}\r\n", "5;a=\"\u{0}\"\r\n", "5;a=\"\\\n\"\r\n", "5,a\r\n", "5:\r\n",
        "5;a \r\nhello",
        "1000000000000000\r\n", "ffffffffffffffff\r\n", "10000000000000000\r\n", "5h\r\n",
        "5\t\r\n",
        "0000000000000005\r\nhello\r\n", "0\r\n\n", "0\r\n\r\r", "0\r\nX\r\n\r\n",
        "0\r\n X: y\r\n\r\n",
        "0\r\nX : y\r\n\r\n", "0\r\n: y\r\n\r\n", "0\r\nX: y\n\r\n", "0\r\nX: y\rZ: a\r\n\r\n",
        "0\r\nX: \u{0}\r\n\r\n", "0\r\nX: y\r\n z\r\n\r\n", "0\r\nGET / HTTP/1.1\r\n\r\n",
        "5_0\r\n",
        "0\r\nX\u{7F}: y\r\n", "５\r\nhello\r\n", "0\n\r\n", "0\r\rX",
    ])
    func aBrokenChunkIsRefused(_ wire: String) {
        #expect(chunked(wire).status == 400)
    }

    @Test(arguments: 0...255)
    func onlyHexadecimalDigitsMakeASize(_ octet: Int) {
        let byte = UInt8(octet)
        let isDigit = "0123456789abcdefABCDEF".utf8.contains(byte)
        let reading = read(Array(Self.start.utf8) + [byte, 0x0D, 0x0A])
        #expect(reading.status == (isDigit ? nil : 400))
    }

    @Test func aShortBodyIsNeverASuccess() {
        let whole = Array((Self.start + "5;a=\"b\"\r\nhello\r\n0\r\nX: y\r\n\r\n").utf8)
        for end in Self.start.utf8.count..<whole.count {
            let reading = read(Array(whole[..<end]))
            #expect(!reading.isComplete)
            #expect(reading.rejection == nil)
        }
    }

    @Test func extensionsAreBounded() {
        let long = String(repeating: "a", count: 255)
        #expect(chunked("1;\(long)\r\nx\r\n0\r\n\r\n").isComplete)
        #expect(chunked("1;\(long)a\r\nx\r\n").status == 400)
        #expect(chunked("1;\(long)a").status == 400)
        let many = { (count: Int) in String(repeating: "1;\(long)\r\nx\r\n", count: count) }
        #expect(chunked(many(64) + "0\r\n\r\n").isComplete)
        #expect(chunked(many(65)).status == 400)
    }

    @Test func trailersAreBounded() {
        let fields = { (count: Int) in String(repeating: "A: b\r\n", count: count) }
        #expect(chunked("0\r\n" + fields(32) + "\r\n").isComplete)
        #expect(chunked("0\r\n" + fields(33)).status == 431)
        let long = "A: " + String(repeating: "a", count: 8192)
        #expect(chunked("0\r\n" + long).status == 431)
    }

    @Test func chunkSizesDoNotAddUpAcrossChunks() {
        let limits = ParserLimits()
        var decoder = BodyDecoder(.chunked, limits: limits)
        var output: [UInt8] = []
        let wire = Array(String(repeating: "3;x=y\r\nabc\r\n", count: 500).utf8)
        #expect(decoder.decode(wire, into: &output) == .needMore(consumed: wire.count))
        #expect(output.count == 1500)
    }

    @Test(arguments: [1, 2, 3, 7])
    func aReaderThatIsBehindPushesBack(_ room: Int) {
        for framing in [Framing.chunked, .length(10)] {
            var wire = Array(
                (framing == .chunked ? "6\r\nabcdef\r\n4\r\nghij\r\n0\r\n\r\n" : "abcdefghij").utf8)
            wire += Array("NEXT".utf8)
            var decoder = BodyDecoder(framing)
            var body: [UInt8] = []
            var finished = false
            while !finished {
                var chunk: [UInt8] = []
                switch decoder.decode(wire, into: &chunk, room: room) {
                case .needMore(let consumed):
                    #expect(consumed > 0)
                    wire.removeFirst(consumed)
                case .finished(let consumed):
                    wire.removeFirst(consumed)
                    finished = true
                case .rejected:
                    Issue.record("refused")
                    return
                }
                #expect(chunk.count <= room)
                body += chunk
            }
            #expect(body == Array("abcdefghij".utf8))
            #expect(wire == Array("NEXT".utf8))
        }
    }

    @Test func anEmptyBodyIsFinishedAtOnce() {
        var output: [UInt8] = []
        var none = BodyDecoder(.none)
        #expect(none.decode([1], into: &output) == .finished(consumed: 0))
        var zero = BodyDecoder(.length(0))
        #expect(zero.decode([], into: &output) == .finished(consumed: 0))
        #expect(output.isEmpty)
    }
}
