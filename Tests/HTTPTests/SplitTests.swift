import HTTP
import Testing

/// However a connection's octets are cut, the outcome is the same.
@Suite struct SplitTests {
    static let fixtures: [String] = [
        "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "\r\nGET /a%20b?c=d HTTP/1.1\r\nHost: h:80\r\nA:\t b \r\nCookie: a=b; c=d\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhelloGET /b HTTP/1.0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5;a=\"b;\\\"\"\r\nhello\r\n1\r\n\n\r\n0\r\nX: y\r\n\r\n"
            + "GET /c HTTP/1.1\r\nHost: h\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n\r\nGET http://g/ HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\nHost: h\r\n\r\n", "GET / HTTP/1.1\r\nHost : h\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: h\r\n\r\n", "BREW / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n", "GET /%2e%2e HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n"
            + "Transfer-Encoding: chunked\r\n\r\nhello",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;a\nb\r\nhello\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: 200-ok\r\nContent-Length: 5\r\n\r\nhello",
        "GET / HTTP/1.1\r\nHost: h\r\nA: \u{0}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA: \u{7F}\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhel",
    ]

    @Test(arguments: fixtures.indices)
    func aSplitAnywhereChangesNothing(_ index: Int) {
        let bytes = Array(Self.fixtures[index].utf8)
        let whole = read(bytes)
        for cut in 0...bytes.count { #expect(read(bytes, splitAt: cut) == whole) }
        #expect(drip(bytes) == whole)
    }

    @Test func tightLimitsHoldAtEverySplit() {
        var limits = ParserLimits()
        limits.requestLine = 16
        limits.fieldLine = 10
        limits.head = 60
        limits.fields = 3
        limits.trailers = 12
        let texts = [
            "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\nC: d\r\n\r\n",
            "GET /abcdef HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nA: bbbbbbbbbbbbbbbbbb\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\nA: b\r\nA: b\r\nA: b\r\n\r\n",
            "GETTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT",
        ]
        for text in texts {
            let bytes = Array(text.utf8)
            let whole = read(bytes, limits: limits)
            for cut in 0...bytes.count {
                #expect(read(bytes, splitAt: cut, limits: limits) == whole)
            }
            #expect(drip(bytes, limits: limits) == whole)
        }
    }

    @Test func aLargeHeadMayDrip() {
        let fields = String(repeating: "A: \(String(repeating: "a", count: 400))\r\n", count: 70)
        let bytes = Array("GET / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n".utf8)
        #expect(drip(bytes).heads.first?.headers.count == 71)
    }

    /// Mutated requests: no crash, no outcome that depends on the cut, nothing behind a refusal.
    @Test(arguments: 0..<8)
    func hostileOctetsMeanTheSameAtEverySplit(_ seed: UInt64) {
        var dice = Dice(seed: seed)
        let spice = Array("\r\n\r\n\n\r\u{0}\t :;,=%/\\.#?*+-0159aF\"[]@\u{7F}\u{80}chunked".utf8)
        for _ in 0..<400 {
            var bytes = Array((Self.fixtures.randomElement(using: &dice) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...4, using: &dice) {
                let place = Int.random(in: 0..<bytes.count, using: &dice)
                let byte = spice.randomElement(using: &dice) ?? 0
                switch Int.random(in: 0..<4, using: &dice) {
                case 0: bytes[place] = byte
                case 1: bytes.insert(byte, at: place)
                case 2 where bytes.count > 1: bytes.remove(at: place)
                default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &dice))
                }
            }
            let whole = read(bytes)
            let cut = Int.random(in: 0...bytes.count, using: &dice)
            #expect(read(bytes, splitAt: cut) == whole, "\(bytes)")
            #expect(drip(bytes) == whole, "\(bytes)")
        }
    }

    @Test(arguments: 0..<4)
    func noiseIsRefusedOrIncomplete(_ seed: UInt64) {
        var dice = Dice(seed: seed &+ 100)
        for _ in 0..<500 {
            let count = Int.random(in: 1...80, using: &dice)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }
            #expect(read(bytes).heads.isEmpty)
        }
    }
}
