import ArgumentParser
import Enrollment
import Procedures
import Store

/// 決裁の範囲: whom of all who are approved a decision is about.
struct ScopeOptions: ParsableArguments {
    @Option(help: "Only this kind: promoter or caller.") var kind: String?
    @Option(name: .customLong("organization"), help: "Only of this organization; may be repeated.")
    var organizations: [String] = []
    @Flag(help: "Also whoever applied alone, where organizations are named; by itself only they.")
    var individuals = false
    @Option(name: .customLong("without"), help: "Not this receipt number; may be repeated.")
    var leftOut: [String] = []

    func scope(_ office: Office) async throws -> DecisionScope {
        var scope = DecisionScope()
        if let kind {
            guard let known = Kind(rawValue: kind) else {
                throw Configuration.Fault(description: "--kind is promoter or caller: \(kind)")
            }
            scope.kind = known
        }
        if individuals { scope.applicants.insert(.alone) }
        for code in organizations {
            guard let found = try await office.rules(of: office.year)?.organization(code: code)
            else {
                throw Configuration.Fault(description: "no organization of the year: \(code)")
            }
            scope.applicants.insert(.organization(found.id))
        }
        for receipt in leftOut {
            guard let found = try await office.reading.application(receipt: receipt) else {
                throw Configuration.Fault(description: "no application: \(receipt)")
            }
            scope.leftOut.insert(found.id)
        }
        return scope
    }
}
