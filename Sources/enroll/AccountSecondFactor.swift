import ArgumentParser
import JSON
import Procedures

extension Account {
    struct ResetSecondFactor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-second-factor",
            abstract: "Take away the second factor of somebody who has lost it; its sessions end, "
                + "and a letter tells them.",
            discussion: "Make sure who asks: from then on the password alone lets in whoever sets "
                + "up the next one.")

        @Argument(help: "Its mail address.") var email: String
        @Flag(help: "One JSON object.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let email = email
            try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).resetSecondFactor(
                    email, by: Operator.actor)
            }
            say(json ? JSONValue.object(["reset": .bool(true)]).text : "reset")
        }
    }
}
