public import Enrollment
public import Store

extension Office {
    /// A workbook that can be fetched now. Throws `Refusal.notFound` when there is none, when it is
    /// not finished yet, and from the moment on at which its days are over.
    public func keptExport(_ number: String) async throws -> ExportRecord {
        guard let record = try await reading.export(number: number), record.isKept(at: now) else {
            throw Refusal.notFound
        }
        return record
    }

    /// Journals who takes a workbook away, or a part of it; before its first octet is given.
    public func recordDownload(of export: ExportRecord, by actor: Actor) async throws {
        try await witness(.downloadExport, on: "export:\(export.number)", by: actor)
    }

    /// Drops the workbooks whose days are over; gives whether there were any. Called by the clock,
    /// so that names do not stay because nobody asks for another workbook.
    public func dropOldExports() async throws -> Bool {
        try await !forgetExpired([.exportBytes], by: .worker).isEmpty
    }
}
