import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 集計, as a page.
@Suite struct NumbersPageTests {
    private static func open(_ desk: isolated OfficeDesk) async throws -> Browser {
        var browser = Browser(desk.office)
        try await browser.apply(1, desk)
        try await browser.apply(2, desk) {
            $0[.prefecture] = "北海道"
            $0[.city] = "札幌市中央区"
            $0[.postalCode] = "060-0001"
            $0[.kind] = "caller"
            $0[.category] = "community_caller"
        }
        try await appoint(desk)
        try await browser.signIn(desk)
        try await browser.open("/numbers")
        return browser
    }

    @Test func theDayIsAskedForBeforeTheNumbers() async throws {
        try await withOffice { desk in
            let text = try await Self.open(desk).text
            let form = try #require(text.firstRange(of: "action=\"/numbers\""))
            let numbers = try #require(text.firstRange(of: "<dl class=\"kpis\">"))
            #expect(form.lowerBound < numbers.lowerBound)
            #expect(text.contains("任命が終わった人を、終わった日から数えません。"))
        }
    }

    @Test func everyPrefectureStandsInItsPlaceAndEveryJumpLeadsSomewhere() async throws {
        try await withOffice { desk in
            let browser = try await Self.open(desk)
            let codes = browser.text.matches(of: /<tr id="prefecture-([0-9]+)">/)
                .map { Int($0.output.1) }
            #expect(codes == Array(1...47))
            let row = browser.markup(from: "<tr id=\"prefecture-01\">", to: "</tr>")
            #expect(row?.contains("北海道") == true && row?.contains(">1</td>") == true)
            let empty = browser.markup(from: "<tr id=\"prefecture-47\">", to: "</tr>")
            #expect(empty?.contains("沖縄県") == true && empty?.contains(">0</td>") == true)
            let jumps = browser.text.matches(of: /<a href="#([a-z0-9-]+)">/).map(\.output.1)
            #expect(jumps.count == 4 + 6)
            for jump in jumps { #expect(browser.text.contains("id=\"\(jump)\""), "\(jump)") }
        }
    }

    @Test func theChartOfTheFewStandsSmallBesideTheOther() async throws {
        try await withOffice { desk in
            let browser = try await Self.open(desk)
            #expect(
                browser.text.contains("<figure class=\"card\" aria-labelledby=\"chart-promoter\">"))
            #expect(
                browser.text.contains(
                    "<figure class=\"card small\" aria-labelledby=\"chart-caller\">"))
        }
    }
}
