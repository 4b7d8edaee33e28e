import Enrollment
import JSON
import Secrets
import Testing

@testable import Credentials

/// What becomes of a credential that somebody changed: nothing that is taken for ours.
@Suite struct TamperingTests {
    private func holds(_ text: String) -> Bool {
        guard let json = try? JSONValue(reading: text.utf8), let read = ReadCredential(json) else {
            return false
        }
        return read.isSigned(byOneOf: SampleCredential.keys)
    }

    @Test func theCredentialItselfHoldsHoweverItIsWritten() throws {
        let text = try SampleCredential.signed().text
        #expect(holds(text))
        #expect(holds(text.replacing("\":", with: "\" : \n")))
        #expect(holds(text.replacing("/", with: "\\/")))
        #expect(holds(text.replacing("デ", with: "\\u30c7")))
        let read = try #require(ReadCredential(SampleCredential.signed()))
        #expect(read.status.index == 94_567 && read.issuer == "did:web:enroll.example")
        #expect(!read.isSigned(byOneOf: ["other": Ed25519Key(.seeded(2)).verifying]))
        #expect(!read.isSigned(byOneOf: [:]))
    }

    /// A way to change the text, with what it does.
    static let ways: [(String, String)] = [
        ("credentials/v2\",", "credentials/v1\","), ("context-3.0.3", "context-3.0.2"),
        (#"["https://www.w3.org/ns/credentials/v2","#, "["),
        ("credentials/abc", "credentials/abd"),
        (#"["VerifiableCredential","OpenBadgeCredential"]"#, #"["VerifiableCredential"]"#),
        (#""VerifiableCredential","OpenBadge"#, #""OpenBadgeCredential","Verifiable"#),
        ("OpenBadgeCredential", "AchievementCredential"),
        (#""name":"デジタル推進委員（令和8年度）","desc"#, #""name":"デジタル推進委員（令和9年度）","desc"#),
        (#"CommunityService","name":"デ"#, #"CommunityService","name":"ﾃ"#),
        ("証明します。\",\"image", "証明しません。\",\"image"), ("証明します。\",\"crit", "証明。\",\"crit"),
        ("image.png", "other.png"), (#""type":"Image"},"issuer"#, #""type":"Picture"},"issuer"#),
        (#""type":"Image"},"issuer"#, #""type":"Image","caption":"x"},"issuer"#),
        (#""issuer":{"id":"did:web:enroll.example""#, #""issuer":{"id":"did:web:evil.example""#),
        ("did:web:enroll.example", "did:web:evil.example"), ("デジタル庁", "デジタル廳"),
        ("[\"Profile\"]", "[\"Achievement\"]"),
        ("\"https://enroll.example\",", "\"https://x.example\","),
        ("office@enroll", "0ffice@enroll"),
        (#""awardedDate":"2026"#, #""awardedDate":"2025"#),
        (#""validFrom":"2026"#, #""validFrom":"2025"#),
        (#""validUntil":"2027"#, #""validUntil":"2037"#),
        ("23:59:59+09:00", "23:59:59+08:00"), (#""awardedDate":"#, #""awarded":"#),
        (#","validUntil":"2027-03-31T23:59:59+09:00""#, ""),
        ("urn:uuid:7f1f", "urn:uuid:8f1f"),
        (#""id":"urn:uuid:7f1f2f0a-6d0e-4c36-9b2b-000000000001","#, ""),
        ("[\"AchievementSubject\"]", "[\"Profile\"]"), (#""hashed":true"#, #""hashed":false"#),
        (#""hashed":true"#, #""hashed":"true""#),
        (#""identityHash":"sha256$"#, #""identityHash":"sha256$0"#),
        ("emailAddress", "email"), (#""salt":"00ff""#, #""salt":"00fe""#), (#","salt":"00ff""#, ""),
        (#""identifier":["#, #""identifier":[{"type":"IdentityObject","salt":"1"},"#),
        ("achievements/dps-2026", "achievements/dps-2027"),
        (#"["Achievement"]"#, #"["Achievement","Profile"]"#), ("CommunityService", "Degree"),
        ("criteria\",\"narrative", "criteria2\",\"narrative"), ("必要な動画を視聴した", "必要な動画を視聴しなかった"),
        (#""inLanguage":"ja""#, #""inLanguage":"en""#),
        (#""version":"2026""#, #""version":"2027""#),
        (#""version":"2026""#, #""version":2026"#),
        (#""version":"2026""#, #""version":"2026","tag":"x""#),
        (#""version":"2026""#, #""version":"2026","humanCode":"x""#),
        (#""version":"2026""#, #""version":"2026","tag":[]"#),
        (#""version":"2026""#, #""version":"2026","@context":{}"#),
        ("2026#94567", "2026#94568"),
        (#""statusListIndex":"94567""#, #""statusListIndex":"94568""#),
        ("94567", "94568"), (#""statusListIndex":"94567""#, #""statusListIndex":94567"#),
        ("BitstringStatusListEntry", "StatusList2021Entry"),
        (#""statusPurpose":"revocation""#, #""statusPurpose":"suspension""#),
        ("enroll.example/status", "evil.example/status"), (#""proof":["#, #""proofs":["#),
        ("DataIntegrityProof", "Ed25519Signature2020"), ("eddsa-rdfc-2022", "eddsa-jcs-2022"),
        (#""created":"2026"#, #""created":"2025"#), ("#ed25519-", "#ed25519-x"),
        ("\"assertionMethod\"", "\"authentication\""), (#""proofValue":"z"#, #""proofValue":"z1"#),
        (#""proofValue":"z"#, #""proofValue":"u"#),
        (#""proofPurpose""#, #""nonce":"1","proofPurpose""#),
        ("\"proof\":[{", "\"evidence\":[{\"type\":\"Evidence\"}],\"proof\":[{"),
        ("\"proof\":[{", "\"colour\":\"red\",\"proof\":[{"), ("\"proof\":[{", "\"proof\":[{},{"),
        ("\"proof\":[{", "\"refreshService\":{\"id\":\"https://x\",\"type\":\"A\"},\"proof\":[{"),
        ("\"proof\":[{", "\"termsOfUse\":[{\"type\":\"A\"}],\"proof\":[{"),
        ("\"proof\":[{", "\"credentialSchema\":[],\"proof\":[{"),
        ("\"proof\":[{", "\"endorsement\":[],\"proof\":[{"),
        ("\"proof\":[{", "\"proof\":[],\"proof\":[{"), ("\"proof\":[{", "\"proof\":[[{"),
        (#""type":["Profile"],"#, #""type":["Profile"],"phone":"1","#),
        (#""type":["Profile"],"#, #""type":["Profile"],"image":"https://x","#),
        (#""type":["Profile"],"#, ""), (#""type":["Achievement"],"#, ""),
        (#""type":["AchievementSubject"],"#, ""),
        (#""type":["AchievementSubject"],"#, #""type":["AchievementSubject"],"role":"x","#),
        (#""type":["AchievementSubject"],"#, #""type":["AchievementSubject"],"name":"大臣","#),
        (#""hashed":true"#, #""hashed":null"#), (#""hashed":true,"#, ""),
        (#""type":"IdentityObject","#, ""), (#""type":"IdentityObject""#, #""type":"Profile""#),
        (#","identityType":"emailAddress""#, ""),
        (#""identityHash":"sha256$"#, #""identityHash":"md5$"#),
        (#""inLanguage":"ja","#, ""), (#","version":"2026""#, ""),
        (#""achievementType":"CommunityService","#, ""), (#""statusPurpose":"revocation","#, ""),
        (#""statusListIndex":"94567""#, #""statusListIndex":"094567""#),
        (#""statusListIndex":"94567""#, #""statusListIndex":"-1""#),
        (#""credentialStatus":{"#, #""credentialStatus":[{"#),
        (#""validFrom":"2026-04-01"#, #""validFrom":"2026-4-1"#),
        ("T00:00:00+09:00", "T00:00:00Z"), ("T00:00:00+09:00", "T00:00:00"),
        ("did:web:enroll.example#", "did:web:enroll.example/#"), ("did:web:enroll.example#", "#"),
        (#""cryptosuite":"eddsa-rdfc-2022","#, ""), (#""proofPurpose":"assertionMethod","#, ""),
        (#""type":"DataIntegrityProof","#, ""), ("令和8年度", "令和８年度"),
        ("デジタル庁", "デジタル"),
        ("https://enroll.example/ob3", "http://enroll.example/ob3"),
        ("/criteria\"", "/criteria#\""),
        (
            "\"id\":\"https://enroll.example/ob3",
            "\"id\":\"https://x\",\"id\":\"https://enroll.example/ob3"
        ),
    ]

    @Test func thereAreMoreThanAHundredWays() {
        #expect(Set(Self.ways.map { "\($0)" }).count >= 100)
    }

    @Test(arguments: ways)
    func whatWasChangedIsNotOurs(_ old: String, _ new: String) throws {
        let text = try SampleCredential.signed().text
        let changed = text.replacing(old, with: new)
        #expect(changed != text, "nothing was changed: \(old)")
        #expect(!holds(changed), "\(old) -> \(new)")
    }

    @Test func noLetterOfTheSignatureCanChange() throws {
        let text = try SampleCredential.signed().text
        let value = try #require(text.firstRange(of: "\"proofValue\":\"z"))
        let (start, end) = (text[..<value.upperBound], text[value.upperBound...])
        for place in 0..<80 {
            var letters = Array(end)
            letters[place] = letters[place] == "2" ? "3" : "2"
            #expect(!holds(start + String(letters)), "\(place)")
        }
    }

    @Test func noMemberCanBeLeftOut() throws {
        guard case .object(let members) = try SampleCredential.signed() else { return }
        for place in members.indices {
            var fewer = members
            let left = fewer.remove(at: place)
            #expect(!holds(JSONValue.object(fewer).text), "\(left.name)")
        }
    }

    @Test(arguments: ["", "{}", "[]", "null", "\u{FEFF}{}", "{\"@context\":1}"])
    func whatIsNoCredentialIsNone(_ text: String) { #expect(!holds(text)) }
}
