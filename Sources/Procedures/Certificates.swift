internal import Drawing
public import Enrollment
internal import EventLoop
internal import Store
internal import Words

/// A 任命状 to be saved and printed.
public struct CertificateFile: Sendable {
    /// PDF.
    public let bytes: [UInt8]
    /// In ASCII: it goes through many hands.
    public let name: String
}

extension Office {
    /// 任命状, for whoever it is given to. Throws `Refusal.notFound` where nobody was appointed, and
    /// `.conflict` where there is none to be had.
    public func certificate(ofApplication id: Int) async throws -> CertificateFile {
        try await file(of: certificateWords(ofApplication: id), by: .application(id))
    }

    /// The same for the office: the journal says who took it.
    public func certificate(
        ofApplication id: Int, by actor: Actor
    ) async throws -> CertificateFile {
        let certificate = try await certificateWords(ofApplication: id)
        try await witness(
            .downloadCertificate, on: "appointment:\(certificate.number)", by: actor,
            applications: [id])
        return try await file(of: certificate, by: actor)
    }

    /// 再発行: marked as such, with its day, and journalled once it can be drawn.
    public func reissueCertificate(
        ofApplication id: Int, by actor: Actor
    ) async throws -> CertificateFile {
        let moment = moment(actor)
        var certificate = try await certificateWords(ofApplication: id)
        certificate.reissuedOn = moment.day
        let file = try await file(of: certificate, by: actor)
        let event = Event(.reissueCertificate, on: "appointment:\(certificate.number)")
        try await write { record([event], in: $0, at: moment) }
        return file
    }

    private func certificateWords(
        ofApplication id: Int
    ) async throws -> AppointmentCertificate {
        guard let record = try await reading.application(id: id),
            let appointment = try await reading.appointment(ofApplication: id)
        else { throw Refusal.notFound }
        guard let wording = try await reading.certificateWording(on: appointment.decidedOn) else {
            throw Refusal.conflict(.certificateWordsAreMissing)
        }
        let made = AppointmentCertificate(
            appointment.number, name: record.name, kind: appointment.kind,
            term: appointment.term, wording: wording)
        guard var certificate = made else { throw Refusal.conflict(.certificateIsNotGiven) }
        certificate.memberNumber = appointment.memberNumber
        certificate.link = try await reading.badgeToken(ofApplication: id).map(
            settings.links.verify)
        return certificate
    }

    private func file(
        of certificate: AppointmentCertificate, by actor: Actor
    ) async throws -> CertificateFile {
        var certificate = certificate
        if let code = try await certificateCode(of: certificate, by: actor) {
            certificate.link = settings.links.checkCertificate(code)
        }
        var emblems = Emblems()
        let sheet = CertificateSheet(certificate, &emblems)
        return CertificateFile(
            bytes: try await runBlocking { try sheet.pdf() },
            name: "ninmeijo-\(certificate.number).pdf")
    }
}

extension CertificateSheet {
    init(_ certificate: AppointmentCertificate, _ emblems: inout Emblems) {
        self.init()
        typealias Words = AppointmentCertificate
        let (wording, year) = (
            certificate.wording, FiscalYear(containing: certificate.term.from)
        )
        title = certificate.title
        createdAt = (certificate.reissuedOn ?? wording.decidedOn).description + "T00:00:00+09:00"
        (heading, honorific, termLabel) = (Words.heading, Words.honorific, Words.termLabel)
        numbers = certificate.numberLines
        mark = certificate.mark
        name = certificate.name
        paragraphs = certificate.paragraphs
        note = wording[.note]
        term = certificate.termLines.map { DayLine($0.text, beside: $0.beside) }
        day = certificate.day
        (issuerTitle, issuerName) = (wording[.issuerTitle], wording[.issuerName])
        sealPlace = wording[.sealPlace]
        link = certificate.link
        linkWords = certificate.linkWords
        picture = emblems.svg(certificate.kind, year)
    }
}

/// The drawings above the headings: however many sheets there are, one of a kind and year.
struct Emblems {
    private var drawn: [FiscalYear: [Kind: [UInt8]]] = [:]

    mutating func svg(_ kind: Kind, _ year: FiscalYear) -> [UInt8] {
        if let known = drawn[year]?[kind] { return known }
        let made = Badge.artwork(kind, year)
        drawn[year, default: [:]][kind] = made
        return made
    }
}
