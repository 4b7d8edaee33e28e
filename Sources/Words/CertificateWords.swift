public import Enrollment

/// What stands on a 任命状, part by part.
extension AppointmentCertificate {
    public static var heading: String { "任命状" }
    public static var honorific: String { "殿" }
    public static var termLabel: String { "任期" }

    /// What the file is called in the window of whoever reads it.
    public var title: String { "任命状 \(number)" }

    public var numberLines: [String] {
        ["第 \(number) 号"] + (memberNumber.isEmpty ? [] : ["委員番号 \(memberNumber)"])
    }

    /// 再発行 with its day; empty for what everybody gets.
    public var mark: String { reissuedOn.map { "再発行　\($0.eraWord)" } ?? "" }

    public var paragraphs: [String] {
        [kindNamed(wording[.sentence]), kindNamed(wording[.request])]
    }

    private func kindNamed(_ sentence: String) -> String {
        let parts = sentence.split(separator: "{区分}", omittingEmptySubsequences: false)
        return parts.joined(separator: kind.word)
    }

    /// The first and the last day, each in both calendars.
    public var termLines: [(text: String, beside: String)] {
        [
            ("\(term.from.eraWord)から", "（\(term.from.word)）"),
            ("\(term.lastDay.eraWord)まで", "（\(term.lastDay.word)）"),
        ]
    }

    public var day: String { wording.decidedOn.eraWord }

    /// Beside the QR code.
    public var linkWords: [String] {
        link == nil ? [] : ["QRコードから、この任命がいま有効か確かめられます。"]
    }
}
