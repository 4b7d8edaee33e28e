import Foundation
import Testing

/// GLOSSARY.md says one word for one concept; the words that it has given up stay given up.
@Suite struct RetiredWordsTests {
    /// Where a word may not stand, as identifiers and in comments alike.
    static let retired: [(folders: [String], words: [String])] = [
        (
            ["Sources"],
            [
                "Filing", "filing", "filings", "FiledViewing", "Moment", "Ground", "Standing",
                "standing", "standings", "ApplicationStanding",
                "GroupAgent", "GroupOutlook", "LineDone", "holdingToo", "offLoop", "ScratchFile",
                "Elsewhere", "Counting", "patiently", "stubbornly", "household",
                "WaitingBody", "waitingBodies", "DayReading", "CodeReading", "GroupFileReading",
            ]
        ),
        (["Sources/Store", "Sources/Procedures", "Sources/Web"], ["Reading", "Writing"]),
        (["Sources/Enrollment", "Sources/JapaneseText"], ["reading", "ground"]),
        (
            ["Sources/HTTPServer", "Sources/enroll"],
            [
                "Census", "census", "Attendance", "apologize", "apology", "sayGoodbye", "goodbye",
                "hurry", "Delivering", "Desk", "LastCall",
            ]
        ),
        (["Sources/Postgres"], ["Answer", "lose", "ParameterRoom", "Conversation"]),
        (["Sources/Web"], ["officer", "clerk"]),
    ]

    /// What a word that is given up is still called to the outside: the name of the column
    /// 新規継続区分 in sheet 91 of the ministry's workbook.
    static let published = ["Sources/Store/Workbook/RosterSheet.swift": ["standing"]]

    /// The words of a text, with the letters, digits and underscores that belong to them.
    static func words(_ text: String) -> Set<Substring> {
        Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") })
    }

    @Test func aRetiredWordStandsNowhere() throws {
        for (folders, retired) in Self.retired {
            for folder in folders {
                for (path, text) in try TidyTests.files(folder, ".swift") {
                    let retired = retired.filter { !(Self.published[path] ?? []).contains($0) }
                    let found = Self.words(text).intersection(retired.map { Substring($0) })
                    #expect(found.isEmpty, "\(path) says \(found.sorted())")
                }
            }
        }
    }

    @Test func problemsAreNamedByWhatIsWrongAndNotByNumber() throws {
        let number = try Regex("\\.[ewn][0-9]{3}\\b")
        for folder in ["Sources", "Tests"] {
            for (path, text) in try TidyTests.files(folder, ".swift") {
                let found = text.firstMatch(of: number) != nil
                #expect(!found, "\(path) names a problem by its number")
            }
        }
    }
}
