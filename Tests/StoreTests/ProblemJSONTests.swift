import Enrollment
import JSON
import Testing

@testable import Store

/// What is noticed of a row is told later as it was noticed.
@Suite struct ProblemJSONTests {
    /// Each need says something of its own.
    private static let needed = Dictionary(
        uniqueKeysWithValues: Problem.Argument.allCases.map { ($0, "「\($0.rawValue)」\n\"髙\"") })

    private static let fields: [ApplicationField?] =
        [nil, .viewedOn(slot: 1), .viewedOn(slot: 99)] + ApplicationField.plain

    private static func again(_ problem: Problem) throws -> Problem? {
        Problem(try JSONValue(reading: problem.json.octets))
    }

    @Test(arguments: ProblemCode.allCases)
    func everyCodeWithEveryNeedAndWithEachAloneComesBack(code: ProblemCode) throws {
        for problem in [Problem(code), Problem(code, nil, Self.needed)] {
            #expect(try Self.again(problem) == problem)
        }
        for (name, text) in Self.needed {
            let problem = Problem(code, .email, [name: text])
            #expect(try Self.again(problem) == problem)
        }
    }

    @Test func everyQuestionComesBack() throws {
        for field in Self.fields {
            let problem = Problem(.valueMissing, field, [.value: ""])
            #expect(try Self.again(problem) == problem)
        }
    }

    @Test(arguments: [
        #"{}"#, #"{"code": "E000"}"#, #"{"code": "E132", "field": "nothing"}"#,
        #"{"code": "E132", "arguments": {"nothing": "1"}}"#,
        #"{"code": "E132", "arguments": {"count": 1}}"#, #"["E132"]"#,
    ])
    func whatIsUnknownIsNoProblem(text: String) throws {
        #expect(Problem(try JSONValue(reading: text.utf8)) == nil)
    }

    @Test func theSameProblemIsTheSameOctets() {
        let all = (0..<20).map { _ in
            Problem(.emailShared, .email, [.value: "a", .count: "2", .rows: "2、3"]).json.text
        }
        #expect(
            Set(all) == [
                #"{"code":"E303","field":"email","arguments":{"count":"2","value":"a","rows":"2、3"}}"#
            ])
    }
}
