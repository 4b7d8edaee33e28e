import ArgumentParser
import Enrollment
import Foundation
import Procedures
import Store

struct Account: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "People of the office, the bodies and the ministry.",
        subcommands: [Add.self, Disable.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add an account, or give a known one a new password, which is printed once.")

        @Argument(help: "The mail address to sign in with.") var email: String
        @Option(help: "office, organization or ministry.") var role: String
        @Option(help: "The person's name.") var name = ""
        @Option(help: "The body's code, for an organization's account.") var organization: String?
        @OptionGroup var clock: ClockOption

        func run() async throws {
            guard let role = Role(rawValue: role) else {
                throw Configuration.Fault(
                    description: "--role is office, organization or ministry: \(role)")
            }
            let wiring = try await Wiring(clock)
            let account = NewAccount(
                email: email, name: name, role: role, organizationCode: organization)
            let password = try await Desk.use { desk in
                try await wiring.office(on: desk.loop).addAccount(account, by: "operator")
            }
            say("\(role.rawValue)\t\(email)\t\(password)")
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End an account and all its sessions.")

        @Argument(help: "Its mail address.") var email: String
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock)
            let email = email
            try await Desk.use { desk in
                try await wiring.office(on: desk.loop).disableAccount(email, by: "operator")
            }
            say("disabled")
        }
    }
}
