import Enrollment
import Postgres
import Store
import TestSupport

/// Keys of badges, the credentials that they signed, and what the status list says.
extension StoreTable {
    func badgeCredentials() async throws {
        chapter("Badge credentials")
        let octets = [UInt8](repeating: 7, count: 32)
        for id in ["ed25519-first", "ed25519-second"] {
            try await write("addBadgeKey(_:of:_:at:)") {
                try await $0.addBadgeKey(id, of: .proof, octets, at: self.at(410))
            }
        }
        try await write("addBadgeKey(_:of:_:at:)") {
            try await $0.addBadgeKey("rs256-first", of: .token, [1, 2], at: self.at(410))
        }
        try await read("badges(after:limit:)") { try await $0.badges(after: 0, limit: 1) }
        let year = FiscalYear(startYear: 2026)
        let waiting = try await write("holdBadgesToSign(_:)") { try await $0.holdBadgesToSign(2) }
        guard let badge = waiting.first else { throw Unfit() }
        try await write("lastStatus(in:)") { try await $0.lastStatus(in: year) }
        try await give(badge.id, year)
        try await write("lastStatus(in:)") { try await $0.lastStatus(in: year) }
        try await keep(badge)
        try await read("revokedPlaces(of:)") { try await $0.revokedPlaces(of: year) }
        try await distrust(badge)
    }

    private func give(_ id: Int, _ year: FiscalYear) async throws {
        // A place is given once; so is a badge's.
        for index in [9, 10] {
            try await write("give(_:in:at:)") {
                try await $0.give(
                    [
                        BadgeStatus(
                            badgeID: id, index: index,
                            subject: "00000000-0000-4000-8000-0000000000\(index + 1)")
                    ], in: year, at: self.at(411))
            }
        }
    }

    private func keep(_ badge: BadgeToSign) async throws {
        let made = NewCredential(
            badgeID: badge.id, salt: badge.salt, from: at(412), document: "{\"id\":\"x\"}")
        try await read("credential(ofBadge:)") {
            try await $0.credential(ofBadge: badge.token)
        }
        for _ in 1...2 {
            try await write("keep(_:by:at:)") {
                try await $0.keep([made], by: "ed25519-first", at: self.at(412))
            }
        }
        try await write("holdBadgeToSign(_:)") { try await $0.holdBadgeToSign(badge.token) }
        try await read("credential(ofBadge:)") {
            try await $0.credential(ofBadge: badge.token)
        }
        try await read("credentialDocuments(ofBadge:)") {
            try await $0.credentialDocuments(ofBadge: badge.token)
        }
        guard let id = try await ReadStore(database).credential(ofBadge: badge.token)?.id else {
            throw Unfit()
        }
        try await write("keepToken(_:ofCredential:by:at:)") {
            try await $0.keepToken("a.b.c", ofCredential: id, by: "rs256-first", at: self.at(413))
        }
        try await read("token(ofCredential:)") { try await $0.token(ofCredential: id) }
    }

    private func distrust(_ badge: BadgeToSign) async throws {
        try await write("retireBadgeKey(of:at:)") {
            try await $0.retireBadgeKey(of: .proof, at: self.at(414))
        }
        for moment in [at(412), nil] {
            try await write("setCompromise(ofBadgeKey:since:)") {
                try await $0.setCompromise(ofBadgeKey: "ed25519-first", since: moment)
            }
            try await read("credential(ofBadge:)") {
                try await $0.credential(ofBadge: badge.token)
            }
        }
        try await write("holdBadgeKeys(of:)") { try await $0.holdBadgeKeys(of: .proof) }
        try await read("badgeKeys()") { try await $0.badgeKeys() }
    }
}
