import ArgumentParser
import Enrollment
import JSON
import Procedures
import Store

struct Account: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "People of the office, the bodies and the ministry.",
        subcommands: [
            Add.self, List.self, Change.self, Enable.self, Disable.self, Sessions.self,
            EndSessions.self, ResetSecondFactor.self, Invite.self, Invitations.self,
            InviteAgain.self, WithdrawInvitation.self, Rights.self,
        ])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add an account; its password is printed once.",
            discussion: "An address that is known is refused: see `account change` and "
                + "`account enable`.")

        @Argument(help: "The mail address to sign in with.") var email: String
        @Option(help: "office, organization or ministry.", transform: Account.role) var role: Role
        @Option(help: "The person's name, as colleagues know them.") var name: String?
        @Option(help: "The body's code, for an organization's account.") var organization: String?
        @Option(help: "The 事業所 that it looks after; otherwise the whole organization.")
        var place: String?
        @OptionGroup var clock: ClockOption

        func validate() throws { try Account.checkName(name) }

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let account = NewAccount(
                email: email, name: name ?? "", role: role, organizationCode: organization,
                place: try place.map(PlacesCommand.path))
            let password = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).addAccount(account, by: Operator.actor)
            }
            say("\(role.rawValue)\t\(email)\t\(password)")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every account: role, address, name, body, and whether it is disabled.")

        @Flag(help: "One JSON object a line.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let accounts = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).reading.accounts()
            }
            for account in accounts { say(line(account)) }
        }

        private func line(_ account: ListedAccount) -> String {
            let facts = account.facts
            let state = account.disabledOn.map { "disabled \($0)" } ?? "active"
            guard json else {
                let place = facts.place.map { "/\($0)" } ?? ""
                let organization = (facts.organizationCode ?? "-") + place
                return [facts.role.rawValue, facts.email, facts.name, organization, state].joined(
                    separator: "\t")
            }
            return Self.json(account).text
        }

        /// Members in the order of their names; what an account has not is left out.
        static func json(_ account: ListedAccount) -> JSONValue {
            let facts = account.facts
            let rights =
                facts.rights == .every
                ? [] : facts.rights.list.map { JSONValue.string($0.rawValue) }
            let members: [(String, String?)] = [
                ("role", facts.role.rawValue),
                ("state", account.disabledOn == nil ? "active" : "disabled"),
            ]
            let first: [(String, String?)] = [
                ("disabled_on", account.disabledOn?.description), ("email", facts.email),
                ("name", facts.name), ("organization", facts.organizationCode),
                ("place", facts.place?.description),
            ]
            return .object(
                strings(first)
                    + (rights.isEmpty ? [] : [JSONMember("rights", .array(rights))])
                    + strings(members))
        }

        private static func strings(_ members: [(String, String?)]) -> [JSONMember] {
            members.compactMap { name, value in value.map { JSONMember(name, .string($0)) } }
        }
    }

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give an account another role, body, name, address or password. Its sessions "
                + "end; a new password is printed once.")

        @Argument(help: "Its mail address.") var email: String
        @Option(help: "office, organization or ministry.", transform: Account.role) var role: Role?
        @Option(help: "The person's name.") var name: String?
        @Option(help: "The body's code, for an organization's account.") var organization: String?
        @Option(help: "The 事業所 that it looks after; / for the whole organization.")
        var place: String?
        @Option(help: "Another mail address to sign in with.") var newEmail: String?
        @Flag(help: "Make a new password.") var newPassword = false
        @OptionGroup var clock: ClockOption

        func validate() throws {
            if let name { try Account.checkName(name) }
            guard
                role != nil || name != nil || organization != nil || place != nil
                    || newEmail != nil || newPassword
            else {
                throw ValidationError(
                    "Say what is to change: --role, --name, --organization, --place, --new-email, "
                        + "--new-password.")
            }
        }

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            var change = AccountChange()
            (change.role, change.name, change.organizationCode) = (role, name, organization)
            (change.email, change.hasNewPassword) = (newEmail, newPassword)
            change.place = try place.map { $0 == "/" ? nil : try PlacesCommand.path($0) }
            let (email, wanted) = (email, change)
            let password = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).changeAccount(
                    email, wanted, by: Operator.actor)
            }
            Account.tell("changed", newEmail ?? email, password)
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a disabled account sign in again, with the password it had.")

        @Argument(help: "Its mail address.") var email: String
        @Flag(help: "Make a new password, printed once.") var newPassword = false
        @Flag(help: "One JSON object.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let (email, isNew) = (email, newPassword)
            let password = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).enableAccount(
                    email, withNewPassword: isNew, by: Operator.actor)
            }
            guard json else { return Account.tell("enabled", email, password) }
            let told = password.map { [JSONMember("password", .string($0))] } ?? []
            say(JSONValue.object([JSONMember("enabled", .string(email))] + told).text)
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End an account and all its sessions; `account enable` takes it back.")

        @Argument(help: "Its mail address.") var email: String
        @Flag(help: "One JSON object.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let email = email
            try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).disableAccount(email, by: Operator.actor)
            }
            say(json ? JSONValue.object(["disabled": .string(email)]).text : "disabled")
        }
    }

    /// Journal and header name an account by its person: nobody is called nothing.
    private static func checkName(_ name: String?) throws {
        guard let name, !name.allSatisfy(\.isWhitespace) else {
            throw ValidationError("Say whose account it is: --name '山田 花子'.")
        }
    }

    static func role(_ text: String) throws -> Role {
        guard let role = Role(rawValue: text) else {
            throw ValidationError("--role is office, organization or ministry: \(text)")
        }
        return role
    }

    private static func tell(_ done: String, _ email: String, _ password: String?) {
        say(password.map { "\(done)\t\(email)\t\($0)" } ?? done)
    }
}
