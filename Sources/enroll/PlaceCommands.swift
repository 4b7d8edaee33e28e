import ArgumentParser
import Enrollment
import JSON
import Procedures
import Store

struct PlacesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "places",
        abstract: "事業所: the hospitals, shops, departments of an organization.",
        discussion: "A path is made of the codes from the top down: east, east/ward-2.",
        subcommands: [Add.self, List.self, Rename.self, Close.self, Reopen.self])

    struct Which: ParsableArguments {
        @Argument(help: "The organization's code.") var organization: String
        @Argument(help: "The path of the 事業所.", transform: PlacesCommand.path)
        var path: BusinessPlacePath
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add one; the one above it is there already.")

        @OptionGroup var which: Which
        @Option(help: "Its name, as files and pages call it.", transform: PlacesCommand.name)
        var name: BusinessPlaceName
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let (path, name, code) = (which.path, name, which.organization)
            try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).addBusinessPlace(
                    path, named: name, of: code, by: Operator.actor)
            }
            say("added \(path)")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Those of an organization: path, name, first day, and the first without.")

        @Argument(help: "The organization's code.") var organization: String
        @Flag(help: "One JSON object a line.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let code = organization
            let places = try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).businessPlaces(of: code)
            }
            for place in places { say(json ? Self.json(place).text : Self.line(place)) }
        }

        private static func line(_ place: BusinessPlace) -> String {
            [
                place.path.description, place.name, place.opensOn.description,
                place.endsOn?.description ?? "-",
            ].joined(separator: "\t")
        }

        private static func json(_ place: BusinessPlace) -> JSONValue {
            .object([
                "path": .string(place.path.description), "name": .string(place.name),
                "opens_on": .string(place.opensOn.description),
                "ends_on": place.endsOn.map { .string($0.description) } ?? .null,
            ])
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give one another name.")

        @OptionGroup var which: Which
        @Option(help: "The name from now on.", transform: PlacesCommand.name)
        var name: BusinessPlaceName
        @OptionGroup var clock: ClockOption

        func run() async throws {
            try await which.change(.rename(to: name), clock)
            say("renamed \(which.path)")
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "From a day on no file may name it; whoever is in it stays there.")

        @OptionGroup var which: Which
        @Option(
            help: "The first day on which it is no more, as 2027-04-01.",
            transform: PlacesCommand.day)
        var on: Day
        @OptionGroup var clock: ClockOption

        func run() async throws {
            try await which.change(.close(on: on), clock)
            say("closed \(which.path) on \(on)")
        }
    }

    struct Reopen: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a closing back.")

        @OptionGroup var which: Which
        @OptionGroup var clock: ClockOption

        func run() async throws {
            try await which.change(.reopen, clock)
            say("opened \(which.path) again")
        }
    }

    static func path(_ text: String) throws -> BusinessPlacePath {
        guard let path = BusinessPlacePath(text) else {
            throw ValidationError(
                "A path is made of a to z, 0 to 9 and -, with / between codes: \(text)")
        }
        return path
    }

    private static func day(_ text: String) throws -> Day {
        guard let day = Day(text) else {
            throw ValidationError("--on is a day as 2027-04-01: \(text)")
        }
        return day
    }

    private static func name(_ typed: String) throws -> BusinessPlaceName {
        guard let name = BusinessPlaceName(typed) else {
            throw ValidationError(
                "A name has 1 to \(BusinessPlaceName.limit) letters on one line, no pictures, and "
                    + "begins with none of = + - @.")
        }
        return name
    }
}

extension PlacesCommand.Which {
    fileprivate func change(_ change: BusinessPlaceChange, _ clock: ClockOption) async throws {
        let wiring = try await Wiring(clock, needsNames: false)
        let (path, code) = (path, organization)
        try await CommandLoop.use { desk in
            try await wiring.office(on: desk.loop).changeBusinessPlace(
                path, of: code, change, by: Operator.actor)
        }
    }
}
