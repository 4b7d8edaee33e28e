internal import Credentials
public import Enrollment
internal import JSON
internal import Secrets
internal import Store
internal import Words

/// An answer about a badge: JSON, and whether it is revoked (410).
public struct BadgeDocument: Sendable {
    public let bytes: [UInt8]
    public let isRevoked: Bool
}

extension Office {
    /// The badges that come with appointments, for those who asked for one.
    func badges(
        for people: [(PlannedAppointment, number: String)], in year: FiscalYear
    ) -> [NewBadge] {
        people.compactMap { person, number in
            guard Badge.isEarned(wantsBadge: person.wantsBadge, email: person.email) else {
                return nil
            }
            let salt = Digest.hex(random.bytes(16))
            return NewBadge(
                token: Token(random).text, appointmentNumber: number,
                slug: Badge.slug(person.kind, year), salt: salt,
                identity: HashedRecipient(email: person.email, salt: salt).identity)
        }
    }

    /// オープンバッジの証明. Throws `Refusal.notFound` for a token that is none.
    public func assertion(token: String) async throws -> BadgeDocument {
        guard let badge = try await reading.badge(token: token) else { throw Refusal.notFound }
        guard !badge.isRevoked else {
            let reason = EndReason(rawValue: badge.reason)?.published ?? "ended"
            return BadgeDocument(
                bytes: settings.openBadge.revoked(token: token, reason: reason), isRevoked: true)
        }
        let recipient = HashedRecipient(salt: badge.salt, identity: badge.identity)
        return BadgeDocument(bytes: assertion(of: badge, to: recipient).octets, isRevoked: false)
    }

    /// What an assertion says as long as it is not revoked.
    func assertion(of badge: BadgeRecord, to recipient: HashedRecipient) -> JSONValue {
        settings.openBadge.assertion(
            token: badge.token, slug: badge.slug, recipient: recipient,
            issuedOn: badge.issuedOn.description + "T00:00:00+09:00",
            expires: badge.expiresOn.description + "T23:59:59+09:00")
    }

    public func badgeIssuer() -> [UInt8] {
        settings.openBadge.issuer(
            name: settings.service.issuer, email: settings.mailFrom)
    }

    /// The class of a kind and year. Throws `Refusal.notFound`.
    public func badgeClass(slug: String) throws -> [UInt8] {
        let (kind, year) = try badge(slug: slug)
        return settings.openBadge.badgeClass(
            slug: slug, name: BadgeWords.name(kind, year),
            description: BadgeWords.description(kind, year),
            criteria: BadgeWords.criteria(kind))
    }

    /// A class that there is: from the programme's first year to the next one. Throws
    /// `Refusal.notFound`.
    func badge(slug: String) throws -> (Kind, FiscalYear) {
        guard let (kind, year) = Badge.parts(slug: slug), year.startYear >= 2022,
            year <= self.year.next
        else { throw Refusal.notFound }
        return (kind, year)
    }

    /// 辞任. Ends an appointment after today, revokes its badge and says so by mail. Throws
    /// `Refusal.conflict` when there is nothing to end.
    public func resign(application id: Int, by actor: Actor) async throws {
        guard let record = try await reading.application(id: id),
            let appointment = try await reading.appointment(ofApplication: id)
        else { throw Refusal.notFound }
        try await write { writing in
            let moment = moment(actor)
            let ended = try await writing.endTerm(
                ofApplication: id, on: moment.day, reason: .resigned, at: moment)
            guard let ended else { throw Refusal.conflict(.noAppointmentToEnd) }
            try await writing.revokeBadge(
                of: appointment.number, reason: .resigned, at: moment.now)
            if !record.email.isEmpty {
                let words = settings.letters.resignation(
                    appointment.number, name: record.name, last: moment.day)
                writing.post(
                    [
                        letter(
                            .resignation, words, to: record.email,
                            // Taken back by the office, it may be said once more.
                            about: "\(appointment.number)-\(moment.now.microseconds)",
                            personID: record.personID)
                    ], at: moment.now)
            }
            self.record([Event(.resign, ended)], in: writing, at: moment)
        }
    }
}

extension OfficeSettings {
    fileprivate var openBadge: OpenBadge {
        OpenBadge(
            OpenBadgeAddresses(
                home: links.home, issuer: links.badgeIssuer, assertion: links.assertion,
                badgeClass: links.badgeClass, image: links.badgeImage,
                picture: links.badgePicture, criteria: links.badgeCriteria))
    }
}
