import ArgumentParser
import Enrollment
import JSON
import Procedures
import Store

struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "One person's record, and who is who.",
        subcommands: [Show.self, Doubts.self, Merge.self, Separate.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Everything that is held about one person, of all years.",
            discussion: """
                A line each, with tabs: the person; every application; every term of every \
                appointment, also those that were believed once; affiliations with both times; \
                letters with their outcome; notes; the journal, newest first. That it was shown \
                is kept in the security log.
                """)

        @Argument(help: "A 受付番号, 任命番号 or 委員番号 of theirs.") var number: String
        @Flag(help: "One JSON object.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let number = number
            let (file, today) = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                let file = try await office.openPerson(number, by: Operator.actor)
                return (file, office.today)
            }
            let report = PersonReport(file, on: today)
            if json { return say(report.json.text) }
            for line in report.lines { say(line) }
        }
    }
}

/// What `enroll people show` prints.
private struct PersonReport {
    private let head: [JSONMember]
    private let parts: [(name: String, items: [[JSONMember]])]

    init(_ file: PersonFile, on today: Day) {
        head = [
            JSONMember("name", .string(file.newest.name)),
            JSONMember("kana", .string(file.newest.kana)),
            JSONMember("member_number", .string(file.memberNumber)),
            JSONMember("email", .string(file.email)),
            JSONMember("phone", .string(file.newest.texts[.phone])),
            JSONMember("address", .string(file.newest.address)),
            JSONMember("has_died", .bool(file.hasDied)),
            JSONMember("open_doubts", .integer(file.openDoubtCount)),
        ]
        parts = [
            ("applications", file.applications.map { Self.application($0, today) }),
            ("terms", file.appointments.flatMap { one in one.versions.map { Self.term(one, $0) } }),
            ("badges", file.appointments.compactMap(Self.badge)),
            ("affiliations", file.affiliations.map(Self.affiliation)),
            ("letters", file.letters.map(Self.letter)), ("notes", file.notes.map(Self.note)),
            ("journal", file.journal.map(Self.entry)),
        ]
    }

    var json: JSONValue {
        .object(head + parts.map { JSONMember($0.name, .array($0.items.map { .object($0) })) })
    }

    /// The name of the part, then its values.
    var lines: [String] {
        [Self.line("person", head)]
            + parts.flatMap { part in
                part.items.map { Self.line(part.name, $0) }
            }
    }

    private static func line(_ name: String, _ members: [JSONMember]) -> String {
        ([name] + members.map { text($0.value) }).joined(separator: "\t")
    }

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .null, .string(""): "-"
        case .string(let text): text.split(whereSeparator: \.isNewline).joined(separator: " ")
        default: value.text
        }
    }

    private static func application(_ one: ApplicationRecord, _ today: Day) -> [JSONMember] {
        let state: String =
            switch one.status(on: today) {
            case .applied(let state): state.rawValue
            case .appointed(let state): state.rawValue
            }
        return [
            JSONMember("receipt", .string(one.receipt)),
            JSONMember("fiscal_year", .integer(one.year.startYear)),
            JSONMember("kind", .string(one.kind.rawValue)), JSONMember("state", .string(state)),
            JSONMember("route", .string(one.route.rawValue)),
            JSONMember("organization", .string(one.organizationName)),
            JSONMember("received_on", .string(one.receivedOn.description)),
        ]
    }

    private static func term(_ one: PersonAppointment, _ version: TermVersion) -> [JSONMember] {
        [
            JSONMember("number", .string(one.number)),
            JSONMember("from", .string(version.term.from.description)),
            JSONMember("ends_on", .string(version.term.endsOn.description)),
            JSONMember("end_reason", .string(version.term.endReason?.rawValue ?? "")),
            JSONMember("known_from", .string(version.knownFrom.description)),
            JSONMember("known_until", instant(version.knownUntil)),
            JSONMember("by", .string(version.actor.actor?.code ?? "")),
            JSONMember("words", .string(version.words)),
        ]
    }

    private static func badge(_ one: PersonAppointment) -> [JSONMember]? {
        one.badge.map { badge in
            [
                JSONMember("number", .string(one.number)),
                JSONMember("token", .string(badge.token)),
                JSONMember("revoked_at", instant(badge.revokedAt)),
                JSONMember("reason", .string(badge.reason)),
            ]
        }
    }

    private static func affiliation(_ one: AffiliationVersion) -> [JSONMember] {
        [
            JSONMember("organization", .string(one.organizationName)),
            JSONMember("business_place", .string(one.placeName ?? "")),
            JSONMember("unit", .string(one.unit)), JSONMember("is_primary", .bool(one.isPrimary)),
            JSONMember("from", .string(one.from.description)),
            JSONMember("until", .string(one.until.description)),
            JSONMember("known_from", .string(one.knownFrom.description)),
            JSONMember("known_until", instant(one.knownUntil)),
        ]
    }

    private static func letter(_ one: PersonLetter) -> [JSONMember] {
        [
            JSONMember("id", .integer(one.id)), JSONMember("letter", .string(one.kind.rawValue)),
            JSONMember("recipient", .string(one.recipient)),
            JSONMember("subject", .string(one.subject)),
            JSONMember("state", .string(one.state.rawValue)),
            JSONMember("written_at", .string(one.writtenAt.description)),
            JSONMember("delivered_at", instant(one.deliveredAt)),
            JSONMember("failure", .string(one.failure)),
            JSONMember("repeats", one.repeats.map { .integer($0) } ?? .null),
        ]
    }

    private static func note(_ one: NoteRecord) -> [JSONMember] {
        [
            JSONMember("id", .integer(one.id)), JSONMember("words", .string(one.words)),
            JSONMember("is_shown", .bool(one.isShown)),
            JSONMember("by", .string(one.writer.actor?.code ?? "")),
            JSONMember("written_at", .string(one.writtenAt.description)),
            JSONMember("corrects", one.corrects.map { .integer($0) } ?? .null),
            JSONMember("struck_at", instant(one.struckAt)),
        ]
    }

    private static func entry(_ one: JournalEntry) -> [JSONMember] {
        let changes = one.changes.map { change in
            JSONValue.object([
                "of": .string(change.key), "before": change.before.map { .string($0) } ?? .null,
                "after": change.after.map { .string($0) } ?? .null,
            ])
        }
        return [
            JSONMember("at", .string(one.at.description)),
            JSONMember("act", .string(one.act.rawValue)),
            JSONMember("by", .string(one.actor.actor?.code ?? "")),
            JSONMember("changes", .array(changes)), JSONMember("reason", .string(one.reason)),
        ]
    }

    private static func instant(_ instant: Instant?) -> JSONValue {
        instant.map { .string($0.description) } ?? .null
    }
}
