import ArgumentParser
import Enrollment
import JSON
import Procedures
import Store

struct MaterialsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "materials",
        abstract: "資材: what organizations have asked for, and what was sent to them.",
        subcommands: [List.self, Sent.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The requests, the oldest first.",
            discussion: "It tells where each goes only with --json.")

        @Option(
            help: "Only these: waiting, sent, withdrawn or returned.",
            transform: MaterialsCommand.state)
        var state: MaterialState?
        @Option(help: "Only of this organization, by its code.") var organization: String?
        @Flag(help: "One JSON object a line, with the address.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let (state, code) = (state, organization)
            let found = try await CommandLoop.use { desk in
                let office = try await wiring.office(on: desk.loop)
                var filter = MaterialFilter()
                filter.state = state
                if let code {
                    guard let id = try await office.reading.organizationID(code) else {
                        throw Refusal.notFound
                    }
                    filter.organizationID = id
                }
                return try await office.allMaterials(filter)
            }
            for record in found { say(json ? record.json.text : record.line) }
        }
    }

    struct Sent: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that requests have left; all of them, or none.",
            discussion: "What waits no more stands in the way. The site takes it back.")

        @Argument(help: "The numbers of the requests.") var numbers: [Int]
        @Option(help: "On which day, as 2026-11-24.", transform: MaterialsCommand.day) var on: Day
        @Flag(help: "JSON.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let (numbers, day) = (Array(Set(numbers)).sorted(), on)
            let act = try await CommandLoop.use { desk in
                let office = try await wiring.office(on: desk.loop)
                let known = try await office.planShipping(of: .numbers(numbers))
                guard known.requests.count == numbers.count else { throw Refusal.notFound }
                return try await office.sendMaterials(
                    numbers, on: day, seen: nil, by: Operator.actor)
            }
            let told: JSONValue = .object([
                "sent": .integer(act.count), "on": .string(day.description),
                "said_at": .string(act.at.description),
            ])
            say(json ? told.text : "sent \(act.count) on \(day)")
        }
    }

    private static func state(_ text: String) throws -> MaterialState {
        guard let state = MaterialState(rawValue: text) else {
            let known = MaterialState.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--state is one of \(known): \(text)")
        }
        return state
    }

    private static func day(_ text: String) throws -> Day {
        guard let day = Day(text) else {
            throw ValidationError("--on is a day as 2026-11-24: \(text)")
        }
        return day
    }
}

extension MaterialRecord {
    fileprivate var line: String {
        let counts = MaterialKind.allCases.map { String(order.counts[$0]) }
        return
            ([String(number), state.rawValue, organizationCode, place?.description ?? "-"]
            + counts + [askedOn.description, sentOn?.description ?? "-"])
            .joined(separator: "\t")
    }

    fileprivate var json: JSONValue {
        let address = order.address
        return .object([
            "number": .integer(number), "state": .string(state.rawValue),
            "organization": .string(organizationCode),
            "business_place": place.map { .string($0.description) } ?? .null,
            "group_file": fileNumber.map { .string($0) } ?? .null,
            "sticker_qty": .integer(order.counts.stickers),
            "nametag_qty": .integer(order.counts.nametags),
            "material_qty": .integer(order.counts.materials),
            "ship_to_postal_code": .string(address.place.postalCode),
            "ship_to_address": .string(prefecture + city + address.place.street),
            "ship_to_building": .string(address.building),
            "ship_to_name": .string(address.addressee), "ship_to_phone": .string(address.phone),
            "asked_on": .string(askedOn.description),
            "sent_on": sentOn.map { .string($0.description) } ?? .null,
            "returned_on": returnedOn.map { .string($0.description) } ?? .null,
        ])
    }
}
