import Enrollment
import Foundation
import JSON
import Secrets

@testable import Credentials

/// What others made of sample credentials (Tests/OpenBadges).
enum OpenBadgeVectors {
    static func octets(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "OpenBadges/vectors")
        return Array(try Data(contentsOf: folder.appending(path: name)))
    }

    static func json(_ name: String) throws -> JSONValue {
        try JSONValue(reading: octets(name + ".json"))
    }

    /// A key for tests, of which everybody knows the secret half.
    static let key = Ed25519Key(octets: Array(0...31))
}

/// A credential of an invented person and what it is made of.
enum SampleCredential {
    static let issuer = CredentialIssuer(
        did: "did:web:enroll.example", name: "デジタル庁", url: "https://enroll.example",
        email: "office@enroll.example")
    static let badge = CredentialClass(
        name: "デジタル推進委員（令和8年度）", description: "令和8年度にデジタル推進委員として任命されたことを証明します。",
        criteria: "必要な動画を視聴した人に発行します。", version: "2026",
        at: (
            "https://enroll.example/achievements/dps-2026",
            "https://enroll.example/badges/dps-2026/image.png",
            "https://enroll.example/badges/dps-2026/criteria"
        ))
    static let from = Instant(startOf: Day("2026-04-01")!)
    static let award = CredentialAward(
        address: "https://enroll.example/ob3/credentials/abc",
        subject: "7f1f2f0a-6d0e-4c36-9b2b-000000000001",
        recipient: HashedRecipient(email: "taro@example.jp", salt: "00ff"),
        times: (from, from, Instant(startOf: Day("2027-04-01")!).adding(seconds: -1)),
        status: StatusEntry(list: "https://enroll.example/status/2026", index: 94_567))
    static let key = Ed25519Key(.seeded(1))

    static func signed() throws -> JSONValue {
        try BadgeCredential(by: issuer).signed(award, of: badge, by: key, created: from)
    }

    static var keys: [String: Ed25519PublicKey] { [key.verifying.id: key.verifying] }
}
