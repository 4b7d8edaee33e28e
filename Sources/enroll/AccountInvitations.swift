import ArgumentParser
import Enrollment
import JSON
import Procedures
import Store
import Words

extension Account {
    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Mail a link by which somebody sets a password and has an account.",
            discussion: "The link works once, for as long as the lifetime `invitation` says.")

        @Argument(help: "The mail address to write to and to sign in with.") var email: String
        @Option(help: "office, organization or ministry.", transform: Account.role) var role: Role
        @Option(help: "The person's name, as colleagues know them.") var name: String
        @Option(
            help: "A right in the office, one or more; otherwise all of them.",
            transform: Account.right)
        var right: [OfficeRight] = []
        @Option(help: "The organization's code, for its account.") var organization: String?
        @Option(help: "The 事業所 that it looks after; otherwise the whole organization.")
        var place: String?
        @Flag(help: "One JSON object.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let draft = InvitationDraft(email: email, name: name, to: desk)
            let outcome = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).invite(draft, by: .office(Operator.actor))
            }
            switch outcome {
            case .sent(let id):
                say(
                    json
                        ? JSONValue.object(["invitation": .integer(id)]).text : "invited\t\(id)")
            case .rejected(let problems):
                for problem in problems { warn(problem.sentence) }
                throw ExitCode(1)
            }
        }

        private var desk: InvitedTo {
            switch role {
            case .office: .office(right.isEmpty ? .every : OfficeRights(right))
            case .ministry: .ministry
            case .organization: .organization(organization ?? "", place: place ?? "")
            }
        }
    }

    struct Invitations: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Invitations that wait: number, role, address, name, until when.")

        @Flag(help: "One JSON object a line.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let (waiting, now) = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                return (
                    try await office.reading.invitations(within: nil, limit: 1_000), office.now
                )
            }
            for one in waiting { say(json ? one.json(at: now).text : one.line(at: now)) }
        }
    }

    struct InviteAgain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "invite-again",
            abstract: "Mail another link of an invitation; the one before opens nothing any more.")

        @Argument(help: "Its number, as `account invitations` lists it.") var invitation: Int
        @Flag(help: "One JSON object.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let id = invitation
            try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                let waiting = try await office.reading.invitations(within: nil, limit: 1_000)
                guard let known = waiting.first(where: { $0.id == id }) else {
                    throw Refusal.notFound
                }
                try await office.resendInvitation(
                    id, seen: known.sentAt, by: .office(Operator.actor))
            }
            say(json ? JSONValue.object(["invitation": .integer(id)]).text : "invited\t\(id)")
        }
    }

    struct WithdrawInvitation: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "withdraw-invitation",
            abstract: "Take an invitation back: its link opens nothing any more.")

        @Argument(help: "Its number, as `account invitations` lists it.") var invitation: Int
        @Flag(help: "One JSON object.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let id = invitation
            try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).withdrawInvitation(
                    id, by: .office(Operator.actor))
            }
            say(json ? JSONValue.object(["withdrawn": .integer(id)]).text : "withdrawn\t\(id)")
        }
    }

    struct Rights: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What an account of the office may do; with --right, from now on.",
            discussion: "reception, review, appointment, administration: ops/decisions/0047.")

        @Argument(help: "Its mail address.") var email: String
        @Option(help: "A right that it is to have; one or more.", transform: Account.right)
        var right: [OfficeRight] = []
        @Flag(help: "One JSON object.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let (email, wanted) = (email, right)
            let rights = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                let id = try await office.accountNumber(email)
                guard let line = try await office.reading.accountLine(id: id),
                    line.account.role == .office
                else { throw Refusal.notFound }
                guard !wanted.isEmpty else { return line.account.rights }
                try await office.changeRights(
                    ofAccount: id, from: line.account.rights, to: OfficeRights(wanted),
                    by: Operator.actor)
                return OfficeRights(wanted)
            }
            let codes = rights.list.map(\.rawValue)
            say(
                json
                    ? JSONValue.object(["rights": .array(codes.map { .string($0) })]).text
                    : codes.joined(separator: "\t"))
        }
    }

    static func right(_ text: String) throws -> OfficeRight {
        guard let right = OfficeRight(rawValue: text) else {
            throw ValidationError(
                "--right is reception, review, appointment or administration: \(text)")
        }
        return right
    }
}

extension InvitationRecord {
    private func word(at now: Instant) -> String { state(at: now).rawValue }

    fileprivate func line(at now: Instant) -> String {
        let place = facts.place.map { "/\($0)" } ?? ""
        return [
            String(id), facts.role.rawValue, facts.email, facts.name,
            (facts.organizationCode ?? "-") + place, word(at: now), expiresAt.description,
        ].joined(separator: "\t")
    }

    fileprivate func json(at now: Instant) -> JSONValue {
        let members: [(String, JSONValue?)] = [
            ("email", .string(facts.email)), ("expires_at", .string(expiresAt.description)),
            ("invitation", .integer(id)), ("name", .string(facts.name)),
            ("organization", facts.organizationCode.map { .string($0) }),
            ("place", facts.place.map { .string($0.description) }),
            (
                "rights",
                facts.role == .office
                    ? .array(facts.rights.list.map { .string($0.rawValue) }) : nil
            ),
            ("role", .string(facts.role.rawValue)), ("sent_at", .string(sentAt.description)),
            ("state", .string(word(at: now))),
        ]
        return .object(members.compactMap { name, value in value.map { JSONMember(name, $0) } })
    }
}
