public import Enrollment
internal import EventLoop
internal import Spreadsheet
public import Store
internal import Words

/// あて名の一覧: what waits, a line for each parcel, for labels and carriers.
extension Office {
    /// UTF-8 with a mark, and no cell that Excel would take for a formula. Who took it away is
    /// journalled before it is given.
    public func shippingLabels(
        ofOrganization id: Int?, by actor: Actor
    ) async throws -> [UInt8] {
        let rows = try await labels(ofOrganization: id, by: actor)
        return try await runBlocking {
            CSVWriter.write(
                [ShippingLabel.headings] + rows, as: .template, guardsFormulas: true)
        }
    }

    /// The same as a book: every cell is text, so that no zero is lost. Throws `WorkbookFault`.
    public func shippingLabelBook(
        ofOrganization id: Int?, by actor: Actor
    ) async throws -> [UInt8] {
        let rows = try await labels(ofOrganization: id, by: actor)
        return try await runBlocking {
            try TextBook.write(MaterialWords.labels, ShippingLabel.headings, rows)
        }
    }

    /// All that a filter means, however many.
    public func allMaterials(_ filter: MaterialFilter) async throws -> [MaterialRecord] {
        var (filter, found) = (filter, [MaterialRecord]())
        filter.limit = 1_000
        while true {
            let page = try await reading.materials(filter)
            found += page
            guard page.count == filter.limit else { return found }
            filter.after = page.last?.number
        }
    }

    private func labels(ofOrganization id: Int?, by actor: Actor) async throws -> [[String]] {
        var filter = MaterialFilter()
        (filter.organizationID, filter.state) = (id, .waiting)
        let rows = try await allMaterials(filter).map(ShippingLabel.cells)
        try await witness(
            .downloadLabels, on: id.map { "organization:\($0)" } ?? "materials", by: actor)
        return rows
    }
}
