public import Enrollment

/// What stands on a 任命状, part by part.
extension AppointmentCertificate {
    public static var heading: String { "任命状" }
    public static var honorific: String { "殿" }
    public static var termLabel: String { "任期" }

    /// What the file is called in the window of whoever reads it.
    public var title: String { "任命状 \(number)" }

    /// Of a file with the 任命状 of all whom a plan appointed.
    public static func title(ofPlan number: String) -> String { "任命状（\(number)）" }

    /// Of a file with their 名札.
    public static func nametagTitle(ofPlan number: String) -> String { "名札（\(number)）" }

    /// 任命式の名簿: who comes in which order.
    public static var listHeadings: [String] {
        ["順番", "任命番号", "委員番号", "氏名", "フリガナ", "区分", "団体"]
    }

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
