import Enrollment
import Foundation
import Store
import Words

/// The ministry's layouts, one folder a year.
enum Layouts {
    /// All years, oldest first. Throws a sentence for a layout that cannot be read, so that it
    /// stops the start and not an export.
    static func all(in folder: String) throws -> [MinistryLayouts] {
        try Folder.years(in: folder).map { year in
            do {
                return try MinistryLayouts(version: year) { file in
                    let path = "\(folder)/\(year)/\(file)"
                    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                        throw Folder.Missing(description: "the layout \(path) is not there")
                    }
                    return text
                }
            } catch let trouble as LayoutTrouble {
                throw Configuration.Fault(
                    description: trouble.fault.sentence(in: trouble.file))
            }
        }
    }
}
