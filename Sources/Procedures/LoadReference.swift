public import Enrollment
internal import Secrets
internal import Spreadsheet
internal import Store

/// A file of reference data as it lies in `Migrations/reference/YEAR`.
public struct ReferenceFile: Sendable {
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// A reference file that cannot be read.
public struct ReferenceFault: Error, CustomStringConvertible {
    public let description: String
}

extension Office {
    /// 基準データの読込. Loads a year's files; one whose bytes were loaded before is passed over.
    /// What the office has said of an organization since stays, and each difference is named.
    public func loadReference(
        _ files: [ReferenceFile], of year: FiscalYear
    ) async throws -> LoadedReference {
        var tables: [String: ReferenceTable] = [:]
        for file in files { tables[file.name] = try table(file, year) }
        let found = tables
        return try await write { writing in
            var loaded = LoadedReference()
            for name in Self.referenceOrder {
                guard let table = found[name] else { continue }
                if try await writing.isLoaded(table) { continue }
                loaded.kept += try await load(table, named: name, of: year, writing)
                try await writing.remember(table, at: now)
                loaded.files.append(name)
            }
            return loaded
        }
    }

    /// What stands on what comes after it.
    private static let referenceOrder = [
        "prefectures.csv", "municipalities.csv", "wards.csv", "postal-areas.csv",
        "fiscal-year.csv", "programmes.csv",
        "organization-groups.csv", "organizations.csv", "organization-years.csv", "videos.csv",
        "requirements.csv", "consents.csv", "service.csv", "lifetimes.csv",
        "identity.csv", "undo.csv", "certificate.csv",
    ]

    /// Gives what was left alone of it.
    private func load(
        _ table: ReferenceTable, named name: String, of year: FiscalYear,
        _ writing: WriteTransaction
    ) async throws -> [ReferenceDifference] {
        let codes = name == "organizations.csv" ? "code" : "organization_code"
        guard ["organizations.csv", "organization-years.csv"].contains(name) else {
            try await loadWhole(table, named: name, of: year, writing)
            return []
        }
        let kept = try await writing.organizationsKept(
            among: table.columns[codes] ?? [], in: year)
        let (mixed, differences) = table.keeping(kept, codesIn: codes)
        try await loadWhole(mixed, named: name, of: year, writing)
        return differences
    }

    private func loadWhole(
        _ table: ReferenceTable, named name: String, of year: FiscalYear,
        _ writing: WriteTransaction
    ) async throws {
        switch name {
        case "prefectures.csv": try await writing.loadPrefectures(table)
        case "municipalities.csv": try await writing.loadMunicipalities(table)
        case "wards.csv": try await writing.loadWards(table)
        case "postal-areas.csv": try await writing.loadPostalAreas(table)
        case "fiscal-year.csv": try await writing.loadFiscalYear(table)
        case "programmes.csv": try await writing.loadProgrammes(table, in: year)
        case "organization-groups.csv": try await writing.loadGroups(table)
        case "organizations.csv": try await writing.loadOrganizations(table)
        case "organization-years.csv": try await writing.loadOrganizationYears(table, in: year)
        case "videos.csv": try await writing.loadVideos(table, in: year)
        case "service.csv": try await writing.loadServiceSettings(table)
        case "lifetimes.csv": try await writing.loadLifetimes(table)
        case "identity.csv": try await writing.loadIdentityRules(table)
        case "undo.csv": try await writing.loadUndoRules(table)
        case "certificate.csv": try await writing.loadCertificateWords(table)
        case "requirements.csv": try await writing.loadRequirements(table, in: year, at: now)
        default:
            let digests = (table.columns["body"] ?? []).map { Digest.sha256Hex($0) }
            try await writing.loadConsents(table, digests: digests, in: year)
        }
    }

    private func table(_ file: ReferenceFile, _ year: FiscalYear) throws -> ReferenceTable {
        let csv: CSVFile
        do {
            csv = try CSVFile.read(file.bytes, limits: CSVLimits(rows: 100_000, bytes: 20 << 20))
        } catch { throw ReferenceFault(description: "\(file.name) is no CSV file") }
        guard let headings = csv.records.first?.cells else {
            throw ReferenceFault(description: "\(file.name) is empty")
        }
        var columns: [String: [String]] = [:]
        let rows = csv.records.dropFirst().filter { $0.cells != [""] }
        for (index, heading) in headings.enumerated() {
            columns[heading] = try rows.map { row in
                guard row.cells.count == headings.count else {
                    throw ReferenceFault(description: "\(file.name), row \(row.row): wrong width")
                }
                return row.cells[index]
            }
        }
        return ReferenceTable(
            path: "\(year.startYear)/\(file.name)", sha256: Digest.sha256Hex(file.bytes),
            columns: columns)
    }
}
