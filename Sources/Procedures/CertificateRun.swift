internal import Drawing
public import Enrollment
internal import EventLoop
internal import JSON
internal import Secrets
internal import Spreadsheet
internal import Store
internal import Words

/// 任命状 of all whom a plan appointed.
public struct CertificateRun: Sendable {
    public let given: Int
    /// Whom the plan appointed and who get none: taken back, ended before their time, merged, or
    /// forgotten.
    public let notGiven: Int
    /// 任命式の名簿, a line for each sheet in the order of the sheets: UTF-8 with a mark, and no cell
    /// that Excel would take for a formula.
    public let list: [UInt8]
}

extension Office {
    /// One PDF, a page a person in the order of the plan, handed to `sink` as it grows; marked as
    /// 再発行 where that is said. Who took it is journalled for each, before it is given. Asked for
    /// again it is the same as far as they are the same. Throws `Refusal.notFound` for what is no
    /// plan of appointments, and `.conflict` where it was not applied, nobody gets one or a word is
    /// missing.
    public func certificates(
        ofPlan number: String, isReissue: Bool = false, by actor: Actor,
        to sink: @escaping @Sendable ([UInt8]) throws -> Void
    ) async throws -> CertificateRun {
        let moment = moment(actor)
        let (people, planned) = try await given(
            byPlan: number, reissuedOn: isReissue ? moment.day : nil)
        guard let first = people.first else { throw Refusal.conflict(.certificateIsNotGiven) }
        var emblems = Emblems()
        let sheets = try await linked(people.map(\.certificate), by: actor)
            .map { CertificateSheet($0, &emblems) }
        try await witness(.downloadCertificate, of: people, byPlan: number, by: actor)
        let wording = first.certificate.wording
        let batch = CertificateBatch(
            title: AppointmentCertificate.title(ofPlan: number),
            author: "\(wording[.issuerTitle]) \(wording[.issuerName])",
            createdAt: (isReissue ? moment.day : wording.decidedOn).description + "T00:00:00+09:00")
        try await runBlocking { try batch.draw(sheets, to: sink) }
        if isReissue {
            let events = people.map {
                Event(.reissueCertificate, on: "appointment:\($0.certificate.number)")
            }
            try await write { record(events, in: $0, at: moment) }
        }
        return CertificateRun(
            given: people.count, notGiven: planned - people.count,
            list: try await runBlocking { Self.ceremonyList(people) })
    }

    typealias Given = (person: PlannedCertificate, certificate: AppointmentCertificate)

    /// Those of a plan for whom it holds, in its order, and how many it appointed. Throws as
    /// `certificates(ofPlan:)` does.
    func given(
        byPlan number: String, reissuedOn day: Day? = nil
    ) async throws -> (people: [Given], planned: Int) {
        guard let plan = try await reading.plan(number: number), plan.act == .appoint else {
            throw Refusal.notFound
        }
        guard plan.state == .applied else { throw Refusal.conflict(.planIsNotApplied) }
        let planned = try await reading.outcomes(of: plan.id)[.appointing(.appoint)] ?? 0
        return (try await given(plan, reissuedOn: day), planned)
    }

    /// Who took it of whom.
    func witness(
        _ act: Witnessed, of people: [Given], byPlan number: String, by actor: Actor
    ) async throws {
        for part in people.slices(of: 1_000) {
            try await witness(
                act, on: "plan:\(number)", by: actor,
                applications: part.map(\.person.applicationID))
        }
    }

    private func given(_ plan: PlanRecord, reissuedOn day: Day?) async throws -> [Given] {
        var wordings: [Day: CertificateWording] = [:]
        var found: [Given] = []
        for person in try await reading.certificates(ofPlan: plan.id) {
            let known = wordings[person.decidedOn]
            let read =
                if let known { Optional(known) } else {
                    try await reading.certificateWording(on: person.decidedOn)
                }
            guard let wording = read else {
                throw Refusal.conflict(.certificateWordsAreMissing)
            }
            wordings[person.decidedOn] = wording
            let made = AppointmentCertificate(
                person.number, name: person.name, kind: person.kind, term: person.term,
                wording: wording)
            guard var certificate = made else { continue }
            certificate.memberNumber = person.memberNumber
            certificate.link = person.badgeToken.map(settings.links.verify)
            certificate.reissuedOn = day
            found.append((person, certificate))
        }
        return found
    }

    /// With the codes that the paper bears, in their order.
    func linked(
        _ certificates: [AppointmentCertificate], by actor: Actor
    ) async throws -> [AppointmentCertificate] {
        var linked: [AppointmentCertificate] = []
        for part in certificates.slices(of: 500) {
            let codes = try await certificateCodes(of: part, by: actor)
            for var certificate in part {
                if let code = codes[certificate.number] {
                    certificate.link = settings.links.checkCertificate(code)
                }
                linked.append(certificate)
            }
        }
        return linked
    }

    private static func ceremonyList(_ people: [Given]) -> [UInt8] {
        let rows = people.enumerated().map { index, given in
            let (person, certificate) = given
            return [
                String(index + 1), certificate.number, certificate.memberNumber,
                certificate.name, person.kana, certificate.kind.word, person.organization,
            ]
        }
        return CSVWriter.write(
            [AppointmentCertificate.listHeadings] + rows, as: .template, guardsFormulas: true)
    }
}
