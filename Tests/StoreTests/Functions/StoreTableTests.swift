import Foundation
import TestSupport
import Testing

/// Every public function of `Store`, by what it answers on one small fixture: `Tests/Golden/store.txt`.
@Suite struct StoreTableTests {
    @Test func everyFunctionAnswersAsItDid() async throws {
        let (text, called) = try await withOffice { desk in
            let table = StoreTable(desk.database)
            try await table.tellAll()
            return (table.text, table.called)
        }
        let difference = try Golden.difference(of: text, from: "store.txt")
        #expect(difference == nil, "store.txt \(difference ?? "")")
        var missing = try PublicFunctions.all()
        #expect(missing.count > 240)
        for name in called { missing.firstIndex(of: name).map { _ = missing.remove(at: $0) } }
        #expect(missing.isEmpty, "the table does not call \(missing)")
    }

    /// A line that names a function calls it.
    @Test func everyNameStandsBesideItsCall() throws {
        let name = /"(?:[A-Za-z\[\]]+\.)?(\w+)\([a-zA-Z_:]*\)"/
        for (file, text) in try PublicFunctions.files("Tests/StoreTests/Functions") {
            for found in text.matches(of: name) {
                let rest = text[found.range.upperBound...].prefix(500)
                let isCalled = rest.contains(".\(found.output.1)")
                #expect(isCalled, "\(file) names \(found.output.0) and calls something else")
            }
        }
    }
}

extension StoreTable {
    fileprivate func tellAll() async throws {
        try await beginNumbersAnew()
        try await schema()
        try await reference()
        try await organizations()
        try await accounts()
        try await drafts()
        try await submissions()
        try await groupFiles()
        try await leavings()
        try await listings()
        try await amendments()
        try await materials()
        try await undo()
        try await review()
        try await appointments()
        try await nextYear()
        try await requirements()
        try await numbers()
        try await jobs()
        try await letters()
        try await ownActs()
        try await onePerson()
        try await mergedPeople()
        try await certificates()
        try await undoneAppointments()
        try await confirmations()
        try await waitingWork()
        try await badgeCredentials()
        try await journal()
        try await forgetting()
        troubles()
    }
}
