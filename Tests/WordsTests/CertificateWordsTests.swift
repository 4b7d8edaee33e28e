import Enrollment
import Testing
import Words

/// 任命状: which words stand on it, and which days.
@Suite struct CertificateWordsTests {
    private static func certificate(
        _ name: String = "青木 みのり", until reason: EndReason? = nil
    ) throws -> AppointmentCertificate? {
        let first = try #require(Day("2026-12-04"))
        let end = try #require(Day("2027-04-01"))
        let values = Dictionary(
            uniqueKeysWithValues: CertificateWording.Name.allCases.map { ($0, $0.rawValue) })
        let wording = CertificateWording(
            values.merging([.sentence: "あなたを{区分}に任命します。"]) { $1 }, decidedOn: first)
        return AppointmentCertificate(
            "R08-C-0000001-K", name: name, kind: .caller,
            term: Term(from: first, endsOn: end, because: reason),
            wording: try #require(wording))
    }

    @Test func itSaysTheKindAndItsDaysInBothCalendars() throws {
        let certificate = try #require(try Self.certificate())
        #expect(certificate.paragraphs == ["あなたをデジタル推進よびかけ員に任命します。", "request"])
        #expect(certificate.termLines.map(\.text) == ["令和8年12月4日から", "令和9年3月31日まで"])
        #expect(certificate.termLines.map(\.beside) == ["（2026年12月4日）", "（2027年3月31日）"])
        #expect(certificate.day == "令和8年12月4日")
        #expect(certificate.numberLines == ["第 R08-C-0000001-K 号"])
    }

    @Test func onlyWhatWasAskedForIsMarkedAndOnlyALinkIsSpokenOf() throws {
        var certificate = try #require(try Self.certificate())
        #expect(certificate.mark.isEmpty && certificate.linkWords.isEmpty)
        certificate.reissuedOn = Day("2027-01-08")
        certificate.link = "https://enroll.example/verify/a"
        certificate.memberNumber = "M-00000123-C"
        #expect(certificate.mark == "再発行　令和9年1月8日")
        #expect(!certificate.linkWords.isEmpty)
        #expect(certificate.numberLines.last == "委員番号 M-00000123-C")
    }

    @Test(arguments: [EndReason.resigned, .revoked, .superseded, .deceased, .cancelled])
    func aTermThatEndedBeforeItsTimeHasNone(reason: EndReason) throws {
        #expect(try Self.certificate(until: reason) == nil)
    }

    @Test func nobodyWithoutANameHasOne() throws {
        #expect(try Self.certificate("") == nil)
    }

    @Test func wordingWithoutOneOfItsWordsIsNone() throws {
        let day = try #require(Day("2026-12-04"))
        #expect(CertificateWording([.issuerName: "見本"], decidedOn: day) == nil)
    }

    @Test(arguments: [
        ("2019-04-30", "平成31年4月30日"), ("2019-05-01", "令和元年5月1日"),
        ("2020-01-01", "令和2年1月1日"), ("1989-01-07", "昭和64年1月7日"),
        ("1989-01-08", "平成元年1月8日"), ("1926-12-24", "1926年12月24日"),
    ])
    func aDayIsOfTheEraThatHoldsOnIt(day: String, word: String) throws {
        #expect(try #require(Day(day)).eraWord == word)
    }
}
