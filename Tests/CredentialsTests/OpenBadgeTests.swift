import Credentials
import JSON
import Testing

@Suite struct OpenBadgeTests {
    private let badge = OpenBadge(
        OpenBadgeAddresses(
            home: "https://example.jp", issuer: "https://example.jp/ob2/issuer",
            assertion: { "https://example.jp/ob2/assertions/\($0)" },
            badgeClass: { "https://example.jp/ob2/badges/\($0)" },
            image: { "https://example.jp/badges/\($0)/image.png" },
            picture: { "https://example.jp/badges/\($0).png" },
            criteria: { "https://example.jp/badges/\($0)/criteria" }))

    @Test func anAssertionIsWhatReadersExpect() {
        let recipient = HashedRecipient(email: "Taro@Example.jp", salt: "00")
        let assertion = badge.assertion(
            token: "abc", slug: "dps-2026", recipient: recipient,
            issuedOn: "2026-04-01T00:00:00+09:00", expires: "2027-03-31T23:59:59+09:00")
        #expect(
            assertion.text
                == #"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://example.jp/ob2/assertions/abc","recipient":{"type":"email","hashed":true,"salt":"00","identity":"\#(recipient.identity)"},"badge":"https://example.jp/ob2/badges/dps-2026","verification":{"type":"HostedBadge"},"issuedOn":"2026-04-01T00:00:00+09:00","expires":"2027-03-31T23:59:59+09:00","image":{"id":"https://example.jp/badges/abc.png"}}"#
        )
        #expect(recipient == HashedRecipient(email: "taro@example.jp", salt: "00"))
        #expect(recipient.identity.count == "sha256$".count + 64)
    }

    /// Readers keep these documents, and some compare them: the octets are part of the promise.
    @Test func theOtherDocumentsAreTheseOctets() {
        let home = "https://example.jp"
        #expect(
            text(badge.issuer(name: "デジタル庁", email: "a@example.jp"))
                == #"{"@context":"https://w3id.org/openbadges/v2","type":"Issuer","id":"\#(home)/ob2/issuer","name":"デジタル庁","url":"\#(home)","email":"a@example.jp"}"#
        )
        #expect(
            text(badge.badgeClass(slug: "dps-2026", name: "名", description: "説", criteria: "条/件"))
                == #"{"@context":"https://w3id.org/openbadges/v2","type":"BadgeClass","id":"\#(home)/ob2/badges/dps-2026","name":"名","description":"説","image":"\#(home)/badges/dps-2026/image.png","criteria":{"id":"\#(home)/badges/dps-2026/criteria","narrative":"条/件"},"issuer":"\#(home)/ob2/issuer"}"#
        )
        #expect(
            text(badge.revoked(token: "abc", reason: "辞任"))
                == #"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"\#(home)/ob2/assertions/abc","revoked":true,"revocationReason":"辞任"}"#
        )
    }

    private func text(_ octets: [UInt8]) -> String { String(decoding: octets, as: UTF8.self) }

    @Test func textCannotBreakOut() {
        let bytes = badge.issuer(name: "a\"b\\c\n", email: "a@example.jp")
        #expect(String(decoding: bytes, as: UTF8.self).contains(#""name":"a\"b\\c\u000a""#))
    }
}
