internal import Drawing
public import Enrollment
internal import EventLoop
internal import Store
internal import Words

/// 名札 of all whom a plan appointed.
public struct NametagRun: Sendable {
    public let given: Int
    /// Whom the plan appointed and who get none, as they get no 任命状.
    public let notGiven: Int
    /// Of A4.
    public let pages: Int
}

extension Office {
    /// 名札, ten to a page, in the order of the plan, as one PDF that is handed to `sink` as it
    /// grows: for whoever gets a 任命状, with the same name and the same code. Journalled for each
    /// before it is given. Throws as `certificates(ofPlan:)` does.
    public func nametags(
        ofPlan number: String, by actor: Actor,
        to sink: @escaping @Sendable ([UInt8]) throws -> Void
    ) async throws -> NametagRun {
        let (people, planned) = try await given(byPlan: number)
        guard let first = people.first else { throw Refusal.conflict(.certificateIsNotGiven) }
        let certificates = try await linked(people.map(\.certificate), by: actor)
        var emblems = Emblems()
        let sheets = zip(people.map(\.person), certificates)
            .map { Nametag($0, $1, &emblems) }
            .slices(of: NametagSheet.places).map { NametagSheet($0) }
        try await witness(.downloadNametags, of: people, byPlan: number, by: actor)
        let wording = first.certificate.wording
        let batch = CertificateBatch(
            title: AppointmentCertificate.nametagTitle(ofPlan: number),
            author: "\(wording[.issuerTitle]) \(wording[.issuerName])",
            createdAt: wording.decidedOn.description + "T00:00:00+09:00")
        try await runBlocking { try batch.draw(sheets, to: sink) }
        return NametagRun(
            given: people.count, notGiven: planned - people.count, pages: sheets.count)
    }
}

extension Nametag {
    init(
        _ person: PlannedCertificate, _ certificate: AppointmentCertificate,
        _ emblems: inout Emblems
    ) {
        self.init()
        let (kind, fiscalYear) = (
            certificate.kind, FiscalYear(containing: certificate.term.from)
        )
        band =
            switch kind {
            case .promoter: .blue
            case .caller: .green
            }
        self.kind = kind.word
        (name, kana, organization) = (certificate.name, person.kana, person.organization)
        (year, number) = (fiscalYear.word, certificate.number)
        link = certificate.link
        picture = emblems.svg(kind, fiscalYear)
    }
}
