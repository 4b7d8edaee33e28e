import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing
import Words

/// Whatever somebody is asked about their work is asked on the form and shown wherever they and the
/// office look at it.
@Suite struct TextQuestionPageTests {
    private static let questions = TextQuestion.having(.ofWork).map(\.field)

    private static func answer(_ field: ApplicationField) -> String { "答え \(field.key)" }

    @Test func everyTextAboutWorkIsAskedCheckedReviewedAndAskedAgain() async throws {
        try await withOffice { desk in
            var person = Browser(desk.office)
            try await person.open("/applications/new")
            for field in Self.questions {
                #expect(person.text.contains("<label for=\"\(field.key)\">\(field.label)"))
            }
            let answers = Browser.answers(1) { draft in
                for field in Self.questions { draft[field] = Self.answer(field) }
            }
            try await person.send(Browser.form, answers)
            try await person.confirm(1, desk)
            for field in Self.questions {
                #expect(person.text.contains("<dt>\(field.label)</dt>"))
                #expect(person.text.contains("<dd>\(Self.answer(field))</dd>"))
            }
            try await person.send("/applications")
            let receipt = try await desk.texts("SELECT receipt AS text FROM applications")[0]
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/queue/application?receipt=\(receipt)")
            for field in Self.questions {
                #expect(office.answer(field.label) == Self.answer(field))
            }
            let id = try await desk.count("SELECT id AS n FROM applications")
            try await desk.office.reject(id, because: "不足", by: .operator("office"))
            try await person.openOwn(receipt, 1, desk)
            try await person.open("/applications/new?again=yes")
            for field in Self.questions {
                let rest = person.markup(from: "name=\"\(field.key)\"", to: "</div>")
                #expect(rest?.contains(Self.answer(field)) == true, "\(field.key)")
            }
        }
    }

    @Test func theOfficeIsToldThatItFoundPeopleByTheirWorkplace() async throws {
        try await withOffice { desk in
            var person = Browser(desk.office)
            try await person.apply(1, desk)
            var office = Browser(desk.office)
            try await office.signIn(desk)
            try await office.open("/people")
            try await office.send("/people", [("person", "見本 商")])
            #expect(office.text.contains("所属先の名称が「見本 商」で始まる応募を、その名称の順に示します。"))
            let cells = office.text.matches(of: /data-l="所属先の名称"[^>]*>\s*([^<]*?)\s*</)
            #expect(cells.map { String($0.output.1) } == ["見本商店"])
        }
    }
}
