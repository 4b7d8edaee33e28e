import ArgumentParser
import Enrollment
import JSON
import Procedures
import Store
import Words

extension BadgesCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "All badges, or those of a fiscal year, with their state and addresses.",
            discussion: """
                The token is all that keeps a badge from being found: treat the list as you treat \
                what it leads to.
                """)

        @Option(help: "Of the class: 2026.") var fiscalYear: Int?
        @Flag(help: "One JSON object a line.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let (links, wanted, json) = (wiring.settings.links, fiscalYear, json)
            try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                var last = 0
                while true {
                    let badges = try await office.reading.badges(after: last, limit: 1_000)
                    guard let end = badges.last else { return }
                    last = end.id
                    for badge in badges {
                        guard let line = BadgeLine(badge, on: office.today, links),
                            wanted == nil || line.year == wanted
                        else { continue }
                        say(json ? line.json.text : line.text)
                    }
                }
            }
        }
    }

    struct Sign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign the badges that wait for it now; the worker does so by itself.")

        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let count = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                var sum = 0
                while true {
                    let count = try await office.signBadges()
                    guard count > 0 else { return sum }
                    sum += count
                }
            }
            say("\(count) signed")
        }
    }
}

/// A badge as a line of text and as JSON; nil for a class that is none.
private struct BadgeLine {
    let year: Int
    private let badge: ListedBadge
    private let kind: Kind
    private let state: String
    private let links: Links

    init?(_ badge: ListedBadge, on day: Day, _ links: Links) {
        guard let (kind, year) = Badge.parts(slug: badge.slug) else { return nil }
        (self.badge, self.kind, self.year, self.links) = (badge, kind, year.startYear, links)
        state = badge.isRevoked ? "revoked" : badge.expiresOn < day ? "expired" : "active"
    }

    var text: String {
        [badge.token, Badge.code(kind), String(year), state, links.verify(badge.token)]
            .joined(separator: "\t")
    }

    var json: JSONValue {
        .object([
            "token": .string(badge.token), "kind": .string(Badge.code(kind)),
            "fiscal_year": .integer(year), "state": .string(state),
            "issued_on": .string(badge.issuedOn.description),
            "expires_on": .string(badge.expiresOn.description),
            "verify": .string(links.verify(badge.token)),
            "assertion": .string(links.assertion(badge.token)),
            "credential": .string(links.credentials.credential(badge.token)),
        ])
    }
}
