import Enrollment
import JSON
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// A badge that somebody has in a file is judged by our keys and our register.
@Suite struct BadgeFileTests {
    private static func appointed(
        _ desk: isolated OfficeDesk, _ number: Int = 1
    ) async throws -> (id: Int, token: String) {
        let id = try await desk.approved(number)
        try await desk.appointAll()
        return (id, try #require(try await desk.office.reading.badgeToken(ofApplication: id)))
    }

    private static func said(
        _ octets: [UInt8], _ desk: isolated OfficeDesk
    ) async throws -> String {
        switch try await desk.office.finding(ofBadgeFile: octets) {
        case .unfit(let fault): "\(fault)"
        case .invalid(let fault): "\(fault)"
        case .ours(let badge, let wasRebound): "\(badge.token)\(wasRebound ? " rebound" : "")"
        }
    }

    private struct Forms {
        let png: [UInt8]
        let svg: [UInt8]
        let json: [UInt8]
        let jwt: [UInt8]
        let assertion: [UInt8]

        var all: [[UInt8]] { [png, svg, json, jwt, assertion] }
    }

    private static func forms(
        _ token: String, _ desk: isolated OfficeDesk
    ) async throws -> Forms {
        let office = desk.office!
        return Forms(
            png: try await office.bakedPNG(token: token),
            svg: try await office.bakedSVG(token: token),
            json: try await office.credential(token: token),
            jwt: Array(try await office.credentialToken(token: token).utf8),
            assertion: try await office.assertion(token: token).bytes)
    }

    @Test func eachFormIsKnownAndStaysSo() async throws {
        try await withOffice { desk in
            let (_, token) = try await Self.appointed(desk)
            let forms = try await Self.forms(token, desk)
            #expect(forms.png == (try await desk.office.bakedPNG(token: token)))
            for file in forms.all { #expect(try await Self.said(file, desk) == token) }
            // Another program writes the same in another order, and older files have no picture.
            let text = String(decoding: forms.assertion, as: UTF8.self)
            let older = text.replacing(/,"image":\{[^}]*\}/, with: "")
            let swapped = older.replacing(#""type":"Assertion","#, with: "")
                .replacing(/\}$/, with: #","type":"Assertion"}"#)
            #expect(older != text && swapped != older)
            for one in [older, swapped] {
                #expect(try await Self.said(Array(one.utf8), desk) == token)
            }
            try await desk.office.rotateBadgeKey(of: .proof, by: .operator("office"))
            for file in forms.all { #expect(try await Self.said(file, desk) == token) }
        }
    }

    @Test func whatWasBoundToAnotherAddressSaysSo() async throws {
        try await withOffice { desk in
            let (id, token) = try await Self.appointed(desk)
            let forms = try await Self.forms(token, desk)
            try await MailChangeTests.move(id, to: "new.one@example.jp", desk)
            for file in forms.all {
                #expect(try await Self.said(file, desk) == token + " rebound")
            }
            for file in try await Self.forms(token, desk).all {
                #expect(try await Self.said(file, desk) == token)
            }
        }
    }

    @Test func whatWasChangedOrPutTogetherIsNotOurs() async throws {
        try await withOffice { desk in
            let (_, token) = try await Self.appointed(desk)
            let (_, other) = try await Self.appointed(desk, 2)
            let forms = try await Self.forms(token, desk)
            let theirs = try await Self.forms(other, desk)
            let json = String(decoding: forms.json, as: UTF8.self)
            let assertion = String(decoding: forms.assertion, as: UTF8.self)
            let changed = [
                json.replacing("dps-", with: "yobikake-"), json.replacing(token, with: other),
                json.replacing("\"salt\":\"", with: "\"salt\":\"0"),
                assertion.replacing("dps-", with: "yobikake-"),
                assertion.replacing(token, with: other),
                assertion.replacing("\"salt\":\"", with: "\"salt\":\"0"),
                assertion.replacing("sha256$", with: "sha256$0"),
                assertion.replacing("\"expires\":\"2", with: "\"expires\":\"3"),
                assertion.replacing("\"hashed\":true", with: "\"hashed\":false"),
                assertion.replacing("HostedBadge", with: "SignedBadge"),
                assertion.replacing(
                    "\"type\":\"Assertion\"", with: "\"type\":\"Assertion\",\"narrative\":\"x\""),
                assertion.replacing(/"expires":"[^"]*",/, with: ""),
                assertion.replacing("https://", with: "http://"),
            ]
            for text in changed {
                #expect(text != json && text != assertion)
                #expect(try await Self.said(Array(text.utf8), desk) == "altered", "\(text)")
            }
            // A picture with one's credential and another's assertion.
            let mixed = Self.spliced(forms.png, theirs.png)
            #expect(try await Self.said(mixed, desk) == "altered")
            #expect(try await Self.said(Array(forms.png.dropLast()), desk) == "broken")
            #expect(try await Self.said([], desk) == "otherKind")
        }
    }

    /// The first text of one picture and the second of another.
    private static func spliced(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] {
        func length(_ octets: [UInt8], _ place: Int) -> Int {
            octets[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } + 12
        }
        let (mine, theirs) = (33 + length(one, 33), 33 + length(other, 33))
        let end = theirs + length(other, theirs)
        return Array(one[..<mine]) + Array(other[theirs..<end])
            + Array(one[(mine + length(one, mine))...])
    }

    @Test func aDistrustedKeyAndARevokedBadgeAreToldApart() async throws {
        try await withOffice { desk in
            let (_, token) = try await Self.appointed(desk)
            let forms = try await Self.forms(token, desk)
            _ = try await desk.rows(
                """
                UPDATE badges SET revocation_reason = 'resigned',
                    revoked_at = \(desk.office.now.precise)::timestamptz
                """)
            for file in forms.all { #expect(try await Self.said(file, desk) == token) }
            let png = try await desk.office.bakedPNG(token: token)
            #expect(png.count < forms.png.count, "a revoked one carries its credential alone")
            #expect(try await Self.said(png, desk) == token)
            let key = try #require(
                try await desk.office.reading.badgeKeys().first { $0.purpose == .proof })
            _ = try await desk.rows(
                """
                UPDATE badge_keys SET compromised_since = made_at, retired_at = made_at
                WHERE id = \(key.id)
                """)
            for file in [forms.png, forms.svg, forms.json] {
                #expect(try await Self.said(file, desk) == "keyCompromised")
            }
            #expect(try await Self.said(forms.jwt, desk) == token)
        }
    }
}
