import Drawing
import Glibc

// letters-bench COUNT EMBLEM.svg OUT.pdf: so many certificates in one PDF, each with another name
// and number, and a QR code as long as those that are signed.

private let names = ["青木 みのり", "佐藤 太郎", "渡邊 花子", "小野寺 健一", "高橋 真由美", "長谷川 さくら"]
private let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

private func link(_ number: Int) -> String {
    var state = UInt64(number) &* 6_364_136_223_846_793_005 &+ 1
    let code = (0..<256).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return letters[Int(state >> 58)]
    }
    return "https://enroll.example.jp/w/?c=" + String(code)
}

private func sheet(_ number: Int, _ emblem: [UInt8]) -> CertificateSheet {
    var sheet = CertificateSheet()
    (sheet.heading, sheet.honorific, sheet.termLabel) = ("任命状", "殿", "任期")
    sheet.numbers = ["第 R08-P-\(1_000_000 + number) 号", "委員番号 M-\(2_000_000 + number)"]
    sheet.name = names[number % names.count]
    sheet.paragraphs = [
        "あなたをデジタル推進委員に任命します。",
        "デジタル機器やサービスに不慣れな方に対し、きめ細かなサポートを行うことを期待します。",
    ]
    sheet.term = [
        .init("令和8年4月1日から", beside: "（2026年4月1日）"),
        .init("令和9年3月31日まで", beside: "（2027年3月31日）"),
    ]
    sheet.day = "令和8年4月1日"
    (sheet.issuerTitle, sheet.issuerName, sheet.sealPlace) = ("デジタル大臣", "見本 大臣", "公印")
    sheet.link = link(number)
    sheet.linkWords = ["QRコードから、この任命がいま有効か確かめられます。"]
    sheet.picture = emblem
    return sheet
}

private func octets(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { fatalError("cannot read \(path)") }
    defer { fclose(file) }
    var found = [UInt8](repeating: 0, count: 1 << 20)
    return Array(found[..<fread(&found, 1, found.count, file)])
}

private let arguments = CommandLine.arguments
guard arguments.count == 4, let count = Int(arguments[1]), let file = fopen(arguments[3], "w")
else { fatalError("letters-bench COUNT EMBLEM.svg OUT.pdf") }
private let emblem = octets(arguments[2])
private let batch = CertificateBatch(
    title: "任命状", author: "見本 大臣", createdAt: "2026-04-01T00:00:00+09:00")
try batch.draw((0..<count).lazy.map { sheet($0, emblem) }) { part in
    fwrite(part, 1, part.count, file)
}
fclose(file)
