import Enrollment
import Foundation
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

@testable import Web

/// Every endpoint, asked as everybody: `Answers.txt` says what each gets.
@Suite struct EndpointTests {
    /// A line of the table.
    struct Row {
        let line: String
        let method: HTTP.Method
        /// With `{names}` of what there is; see `Cast`.
        let target: String
        let form: String
        let answers: [String]

        init(_ line: String) throws {
            let words = line.split(separator: " ").map(String.init)
            try #require([4, 9, 13].contains(words.count), "not a row: \(line)")
            self.line = line
            method = try #require(Method(words[0]))
            (target, form) = (words[1], words[2] == "-" ? "" : words[2])
            answers = words.count == 4 ? Array(repeating: words[3], count: 10) : Array(words[3...])
        }

        /// The endpoint that it asks.
        func names(_ endpoint: Endpoint) -> Bool {
            guard endpoint.method == method else { return false }
            let path = String(target.prefix { $0 != "?" })
            switch endpoint.place {
            case .route(let route): return route.path == path
            case .pattern(let pattern):
                return pattern.part(of: path.split(separator: "/").map(String.init)) != nil
            }
        }
    }

    private static func rows() throws -> [Row] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Answers.txt")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }.map { try Row(String($0)) }
    }

    /// Not of the table: assets are named by their content, and have tests of their own.
    private static let endpoints = Directory.site.endpoints.filter { endpoint in
        guard case .route(let route) = endpoint.place else { return true }
        return !Asset.all.contains { $0.route == route }
    }

    @Test func everyEndpointHasARowAndEveryRowAnEndpoint() throws {
        let rows = try Self.rows()
        for endpoint in Self.endpoints {
            let isAsked = rows.contains { $0.names(endpoint) }
            #expect(isAsked, "\(endpoint.method) \(endpoint.place) is in no row")
        }
        for row in rows { #expect(Self.endpoints.contains { row.names($0) }, "\(row.line)") }
    }

    @Test func everybodyGetsWhatTheTableSays() async throws {
        try await withOffice { desk in
            let cast = try await Cast(desk)
            for row in try Self.rows() {
                var answers: [String] = []
                for browser in cast.browsers.prefix(row.answers.count) {
                    answers.append(
                        try await cast.ask(row.method, row.target, row.form, as: browser))
                }
                #expect(answers == row.answers, "\(row.line) → \(answers.joined(separator: " "))")
            }
        }
    }

    @Test func aFormThatIsNotOursDoesNothingForAnybody() async throws {
        try await withOffice { desk in
            let cast = try await Cast(desk)
            for endpoint in Self.endpoints where endpoint.method == .post {
                guard case .route(let route) = endpoint.place else { continue }
                for browser in cast.browsers {
                    var stranger = browser
                    stranger.token = "x"
                    let isUpload = endpoint.limits.bodyOctets > RequestLimits().bodyOctets
                    let answer = try await cast.ask(
                        .post, route.path, isUpload ? "upload" : "a=b", as: stranger)
                    // Who may not send files at all learns no more than that.
                    let isRefused = answer == "403" || isUpload && answer == ">/sign-in"
                    #expect(isRefused, "\(route.path): \(answer)")
                }
            }
        }
    }

    @Test func anAddressNamesItsMethods() async throws {
        try await withOffice { desk in
            let cast = try await Cast(desk)
            for endpoint in Self.endpoints {
                let path = endpoint.samplePath
                let resource = Directory.site.resource(at: try #require(Target(path)))
                let methods = try #require(resource).methods.map(\.name).joined(separator: ", ")
                for (method, status) in [(HTTP.Method.options, 204), (.delete, 405)] {
                    let seen = try await cast.browsers[0].browser.ask(method, path)
                    #expect(seen.status.code == status, "\(method) \(path)")
                    #expect(seen.headers[.allow] == methods, "\(method) \(path)")
                }
            }
        }
    }

    /// What verifiers read is read from any site, also where nothing is found; nothing else is.
    @Test func onlyWhatVerifiersReadIsReadFromOtherSites() async throws {
        try await withOffice { desk in
            let cast = try await Cast(desk)
            let origin: HeaderName = "Access-Control-Allow-Origin"
            var shared = 0
            for endpoint in Self.endpoints where endpoint.method == .get {
                let path = endpoint.samplePath
                let asked = try await cast.browsers[0].browser.ask(.options, path)
                let isShared = endpoint.troubleForm == .json
                #expect(asked.headers[origin] == (isShared ? "*" : nil), "\(path)")
                guard isShared else { continue }
                shared += 1
                let may = asked.headers["Access-Control-Allow-Headers"] ?? ""
                #expect(may.contains("If-None-Match"), "\(path)")
                let seen = try await cast.browsers[0].browser.ask(.get, path)
                let isPage = seen.status.code == 303
                #expect(isPage || seen.headers[origin] == "*", "\(path) \(seen.status)")
            }
            #expect(shared > 5)
        }
    }

    @Test func theMenuOfAnAccountLeadsOnlyWhereItMayGo() async throws {
        try await withOffice { desk in
            let cast = try await Cast(desk)
            for account in try await desk.office.reading.accounts(AccountFilter()).map(\.account) {
                let menu = Directory.site.menu(of: account)
                #expect(menu.count >= 2 && account.home == menu[0].route)
                for (route, _) in menu {
                    let access = Directory.site.resource(at: route.path)?.get?.access
                    #expect(access?.admits(account) == true, "\(account.rights) \(route.path)")
                }
            }
            #expect(cast.browsers.count == 10)
        }
    }

    /// The table of `OfficeAct`, asked at every address: who has the right alone is let in, and
    /// whoever has all others is not.
    @Test func whoeverHasNotTheRightIsRefused() async throws {
        try await withOffice { desk in
            let cast = try await Cast(desk)
            for endpoint in Self.endpoints {
                guard case .office(let act) = endpoint.access else { continue }
                for (right, browser) in zip(OfficeRight.allCases, cast.browsers.suffix(4)) {
                    let answer = try await cast.ask(
                        endpoint.method, endpoint.samplePath, "a=b", as: browser)
                    #expect(
                        (answer == "403") != act.rights.contains(right),
                        "\(endpoint.method) \(endpoint.samplePath) \(right): \(answer)")
                }
            }
        }
    }

    @Test func onlyTheUploadMayBeLarge() throws {
        let limit = { (method: HTTP.Method, path: String) in
            Site.limits(of: RequestHead(method, try #require(Target(path))))
        }
        #expect(try limit(.post, "/group-files").bodyOctets == 21 << 20)
        #expect(try limit(.get, "/group-files").bodyOctets == 1 << 20)
        #expect(try limit(.post, "/applications").bodyOctets == 1 << 20)
        #expect(try limit(.post, "/plans/apply").takesLong)
        #expect(try !limit(.post, "/nowhere").takesLong)
    }
}

extension Endpoint {
    /// An address at which it answers.
    fileprivate var samplePath: String {
        switch place {
        case .route(let route): route.path
        case .pattern(let pattern): pattern.path("none")
        }
    }
}
