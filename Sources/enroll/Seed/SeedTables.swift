import Enrollment
import Foundation
import Spreadsheet

/// What invented people are made of: `ops/demo/*.csv`.
struct SeedTables {
    struct Organization {
        let code: String
        /// Of 55,425 in all.
        let people: Int
        /// What only the demo has; nil for the organizations of the reference data.
        let invented: Invented?

        struct Invented {
            let name: String
            let category: EligibilityCategory
            let programmeID: String?
            let kindCode: String
            let groupCode: String
        }

        /// Those who apply alone stand among the organizations.
        var isNone: Bool { code == "individual" }
    }

    let families: [InventedPeople.Name]
    let givens: [InventedPeople.Name]
    let prefectureWeights: [(String, Int)]
    let organizations: [Organization]

    init(home: String) throws {
        let folder = home + "/ops/demo/"
        families = try Self.rows(folder + "family-names.csv").map {
            InventedPeople.Name(text: $0[0], kana: $0[1])
        }
        givens = try Self.rows(folder + "given-names.csv").map {
            InventedPeople.Name(text: $0[0], kana: $0[1])
        }
        prefectureWeights = try Self.rows(folder + "prefectures.csv").map {
            ($0[0], Int($0[1]) ?? 0)
        }
        organizations = try Self.rows(folder + "bodies.csv").map {
            Organization(code: $0[0], people: Int($0[1]) ?? 0, invented: Self.invented($0))
        }
    }

    private static func invented(_ cells: [String]) -> Organization.Invented? {
        guard !cells[2].isEmpty, let category = EligibilityCategory(rawValue: cells[3]) else {
            return nil
        }
        return Organization.Invented(
            name: cells[2], category: category, programmeID: cells[4].isEmpty ? nil : cells[4],
            kindCode: cells[5], groupCode: cells[6])
    }

    private static func rows(_ path: String) throws -> [[String]] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Folder.Missing(description: "the file \(path) is not there; set ENROLL_HOME")
        }
        let file = try CSVFile.read([UInt8](data), limits: CSVLimits(rows: 10_000, bytes: 1 << 20))
        return file.records.dropFirst().map(\.cells)
    }
}
