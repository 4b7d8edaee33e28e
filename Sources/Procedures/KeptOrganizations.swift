internal import Enrollment
internal import Store

/// What a load did.
public struct LoadedReference: Sendable {
    /// The names of the files that were loaded now.
    public var files: [String] = []
    /// What a file says of an organization otherwise than the office, which was left alone.
    public var kept: [ReferenceDifference] = []
}

/// A cell of a file that the office has said otherwise since.
public struct ReferenceDifference: Sendable, Equatable {
    /// The code of the organization.
    public let organization: String
    public let column: String
    public let typed: String
    public let held: String
}

extension ReferenceTable {
    /// The same with what is held in the place of what the file says, and where they differ.
    func keeping(
        _ kept: [OrganizationKept], codesIn column: String
    ) -> (table: ReferenceTable, differences: [ReferenceDifference]) {
        let known = Dictionary(uniqueKeysWithValues: kept.map { ($0.line.code, $0) })
        var (filled, differences) = (columns, [ReferenceDifference]())
        for (index, code) in (columns[column] ?? []).enumerated() {
            for (name, held) in known[code]?.cells ?? [] {
                guard let typed = filled[name]?[index], typed != held else { continue }
                filled[name]?[index] = held
                differences.append(
                    ReferenceDifference(
                        organization: code, column: name, typed: typed, held: held))
            }
        }
        return (ReferenceTable(path: path, sha256: sha256, columns: filled), differences)
    }
}

extension OrganizationKept {
    /// What the office said, under the headings of the files.
    fileprivate var cells: [(String, String)] {
        var cells: [(String, String)] = []
        if isRenamed { cells.append(("name", line.name)) }
        if isChanged {
            cells += [("corporate_number", line.corporateNumber), ("group_code", line.groupCode)]
        }
        if isOpened, let terms = line.terms {
            cells += [
                ("category", terms.category.rawValue), ("programme_id", terms.programmeID ?? ""),
                ("opens_on", terms.opensOn.description),
                ("closes_on", terms.closesOn?.description ?? ""),
                ("activity_note", terms.activityNote),
            ]
        }
        return cells
    }
}
