import ArgumentParser
import Enrollment
import JSON
import Procedures
import Store

extension Account {
    struct Sessions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Where an account is signed in: number, since when, last use, browser, "
                + "network.")

        @Argument(help: "Its mail address.") var email: String
        @Flag(help: "One JSON object a line.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let email = email
            let sessions = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                return try await office.sessions(ofAccount: office.accountNumber(email))
            }
            for session in sessions { say(json ? session.json.text : session.line) }
        }
    }

    struct EndSessions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "end-sessions",
            abstract: "End all sessions of an account, or one; it may sign in again.")

        @Argument(help: "Its mail address.") var email: String
        @Option(help: "The number of the session, as `account sessions` lists it.")
        var session: Int?
        @Flag(help: "One JSON object.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let (email, session) = (email, session)
            let count = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                let id = try await office.accountNumber(email)
                guard let session else {
                    return try await office.endSessions(
                        ofAccount: id, but: nil, by: Operator.actor)
                }
                let isEnded = try await office.endSession(
                    session, ofAccount: id, by: Operator.actor)
                guard isEnded else { throw Refusal.notFound }
                return 1
            }
            say(json ? JSONValue.object(["ended": .integer(count)]).text : "ended\t\(count)")
        }
    }
}

extension ListedSession {
    fileprivate var line: String {
        [
            String(number), openedAt.description, lastSeenAt.description, Self.known(place.device),
            Self.known(place.network),
        ].joined(separator: "\t")
    }

    private static func known(_ text: String) -> String { text.isEmpty ? "-" : text }

    fileprivate var json: JSONValue {
        .object([
            "device": .string(place.device), "last_seen_at": .string(lastSeenAt.description),
            "network": .string(place.network), "number": .integer(number),
            "opened_at": .string(openedAt.description),
        ])
    }
}
