import Foundation
import HTTP
import HTTPServer
import Network
import Testing

/// Whom the server takes a client for.
@Suite(.serialized) struct ClientAddressTests {
    private func peer(
        of fields: [String], proxies: Set<String>
    ) async throws -> String {
        var seen = ""
        try await withServer(
            { $0.trustedProxies = proxies },
            answering: { .text("<\($0.client.address) \($0.isSecure)>") }
        ) { server in
            let client = Client(server.port)
            let lines = fields.map { $0 + "\r\n" }.joined()
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\(lines)\r\n")
            let answer = await client.receive()
            seen = answer.components(separatedBy: "<").last.map { String($0.dropLast()) } ?? ""
        }
        return seen
    }

    @Test(arguments: [
        (["X-Forwarded-For: 192.0.2.9"], "192.0.2.9 false"),
        (["X-Forwarded-For: 203.0.113.5, 192.0.2.9"], "192.0.2.9 false"),
        (["X-Forwarded-For: 192.0.2.9, 127.0.0.1"], "192.0.2.9 false"),
        (["X-Forwarded-For: 203.0.113.5", "X-Forwarded-For: 2001:db8::1"], "2001:db8::1 false"),
        (["X-Forwarded-For: 192.0.2.9", "X-Forwarded-Proto: https"], "192.0.2.9 true"),
        (["X-Forwarded-Proto: https", "X-Forwarded-Proto: https"], "127.0.0.1 false"),
        (["X-Forwarded-For: somebody"], "127.0.0.1 false"),
        (["X-Forwarded-For: 192.0.2.9:80"], "127.0.0.1 false"),
        (["X-Forwarded-For: 127.0.0.1"], "127.0.0.1 false"), ([], "127.0.0.1 false"),
    ])
    func theProxyIsBelieved(_ fields: [String], _ expected: String) async throws {
        #expect(try await peer(of: fields, proxies: ["127.0.0.1"]) == expected)
    }

    @Test(arguments: [
        ("192.0.2.9", "192.0.2.9"), ("::ffff:192.0.2.9", "192.0.2.9"), ("::1", "::1"),
        ("2001:db8::1", "20.1.d.b8.0.0.0.0/64"), ("2001:DB8:0:0:ffff::2", "20.1.d.b8.0.0.0.0/64"),
        ("2001:db8:0:1::1", "20.1.d.b8.0.0.0.1/64"), ("", ""), ("::zz", "::zz"),
    ])
    func aClientHasAnAddressOrASixtyFour(_ text: String, _ rateLimitKey: String) {
        #expect(Network.Client(text).rateLimitKey == rateLimitKey)
        #expect(Network.Client(text).isHere == (text == "::1"))
    }

    @Test func onlyTheUsualLoopbackStandsForEverybody() {
        #expect(Network.Client("127.0.0.1").isHere && Network.Client("::ffff:127.0.0.1").isHere)
        let second = Network.Client("127.0.0.2")
        #expect(second.isLoopback && !second.isHere)
    }

    @Test(arguments: [[], ["192.0.2.1"]] as [Set<String>])
    func nobodyElseIs(_ proxies: Set<String>) async throws {
        let fields = [
            "X-Forwarded-For: 192.0.2.9", "X-Forwarded-Proto: https", "Forwarded: for=192.0.2.9",
            "X-Real-IP: 192.0.2.9", "X-Forwarded-Host: evil.example",
        ]
        #expect(try await peer(of: fields, proxies: proxies) == "127.0.0.1 false")
    }
}
