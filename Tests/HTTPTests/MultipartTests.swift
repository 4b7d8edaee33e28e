import HTTP
import Testing

private final class Memory: FileSink, @unchecked Sendable {
    var bytes: [UInt8] = []
    var count: Int { bytes.count }
    func append(_ more: [UInt8]) { bytes += more }
}

extension Request {
    fileprivate func multipart(
        _ limits: MultipartLimits = MultipartLimits()
    ) async throws -> MultipartForm<Memory> { try await multipart(limits) { Memory() } }
}

@Suite struct MultipartTests {
    final class Pieces: BodySource {
        private var left: [[UInt8]]

        init(_ pieces: [[UInt8]]) { left = pieces }

        func next() async throws -> [UInt8]? { left.isEmpty ? nil : left.removeFirst() }
    }

    private static let field = "Content-Disposition: form-data; name=\"note\"\r\n\r\n日本\r\n"
    private static let file =
        "Content-Disposition: form-data; name=\"file\"; filename=\"名簿 \\\"1\\\".csv\"\r\n"
        + "Content-Type: text/csv\r\n\r\na,b\r\n--\r\n--X\r\n\r--XYZ\r\n"
    private static let whole = "--XYZ\r\n\(field)--XYZ\r\n\(file)--XYZ--\r\n"

    private func request(
        _ pieces: [[UInt8]], type: String = "multipart/form-data; boundary=XYZ"
    ) throws -> Request {
        var head = RequestHead(.post, try #require(Target("/")))
        head.headers.set(.contentType, try HeaderValue(type))
        return Request(head, body: .source(Pieces(pieces.filter { !$0.isEmpty }), length: nil))
    }

    private func collect(
        _ text: String, _ limits: MultipartLimits = MultipartLimits()
    ) async throws -> MultipartForm<Memory> {
        try await request([Array(text.utf8)]).multipart(limits)
    }

    private func check(_ form: MultipartForm<Memory>) throws {
        #expect(form.form.fields == [.init(name: "note", value: "日本")])
        let file = try #require(try form.file("file"))
        #expect(file.head.filename == "名簿 \"1\".csv")
        #expect(file.head.contentType?.essence == "text/csv")
        #expect(
            String(decoding: file.content.bytes, as: UTF8.self) == "a,b\r\n--\r\n--X\r\n\r--XYZ")
    }

    @Test func aSplitAnywhereChangesNothing() async throws {
        let bytes = Array(Self.whole.utf8)
        for cut in 0...bytes.count {
            let request = try request([Array(bytes[..<cut]), Array(bytes[cut...])])
            try check(try await request.multipart())
        }
        try check(try await request(bytes.map { [$0] }).multipart())
    }

    @Test func aBodyCutShortIsNeverASuccess() async throws {
        let bytes = Array(Self.whole.utf8)
        for end in 0..<(bytes.count - 2) {
            let request = try request([Array(bytes[..<end])])
            await #expect(throws: MultipartError.malformed) { try await request.multipart() }
        }
    }

    @Test func theLastLineEndMayBeMissing() async throws {
        try check(try await collect(String(Self.whole.utf8.dropLast(2)) ?? ""))
    }

    @Test(arguments: [
        "", "--XYZ--\r\n", "x--XYZ\r\n", "\r\n--XYZ\r\n\(field)--XYZ--", "--XYZ\n\(field)--XYZ--",
        "--XYZ \r\n\(field)--XYZ--", "--XYZ\r\n\(field)--XYZ--\r\nmore",
        "--XYZ\r\n\(field)--XYZ--more",
        "--XYZ\r\n\(field)--XYZ-x", "--XYZ\r\n\(field)--XYZx\r\n", "--XYZ\r\n\r\nx\r\n--XYZ--",
        "--XYZ\r\nContent-Type: text/plain\r\n\r\nx\r\n--XYZ--", "--ABC\r\n\(field)--ABC--",
        "--XYZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XYZ--",
        "--XYZ\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--XYZ--",
        "--XYZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--XYZ--",
        "--XYZ\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nx\r\n--XYZ--",
        "--XYZ\r\nContent-Disposition: form-data; name=a\r\n"
            + "Content-Disposition: form-data; name=b\r\n\r\nx\r\n--XYZ--",
        "--XYZ\r\nContent-Disposition : form-data; name=a\r\n\r\nx\r\n--XYZ--",
        "--XYZ\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\nx\r\n--XYZ--",
        "--XYZ\r\nContent-Disposition: form-data; name=a\nX: y\r\n\r\nx\r\n--XYZ--",
        "--XYZ\r\nContent-Disposition: form-data; name=\"a\u{0}\"\r\n\r\nx\r\n--XYZ--",
        "--XYZ\r\nContent-Disposition: form-data; name=a\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\nx\r\n--XYZ--",
        "--XYZ\r\nContent-Disposition: form-data; name=a\r\n\r\n\u{0}\r\n--XYZ--",
        "--XYZ\r\nContent-Disposition: form-data; name=a; filename*=UTF-8''%zz\r\n\r\nx\r\n--XYZ--",
        "--XYZ\r\nContent-Disposition: form-data; name=a; "
            + "filename*=UTF-8''%0d%0a\r\n\r\nx\r\n--XYZ--",
        "--XYZ\r\nContent-Disposition: form-data; name=a; filename*=latin1''x\r\n\r\nx\r\n--XYZ--",
    ])
    func aMalformedBodyIsRefused(_ text: String) async {
        await #expect(throws: MultipartError.malformed) { try await collect(text) }
    }

    @Test(arguments: [
        "multipart/form-data", "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/mixed; boundary=XYZ", "text/plain; boundary=XYZ",
        "multipart/form-data; boundary=X;boundary=Y",
        "multipart/form-data; boundary=\"X \"", "multipart/form-data; boundary=\"X\\\"Y\"",
        "multipart/form-data; boundary=\"X;Y\"",
        "multipart/form-data; boundary=" + String(repeating: "a", count: 71),
    ])
    func aBoundaryMustBeOne(_ type: String) async throws {
        let request = try request([Array(Self.whole.utf8)], type: type)
        await #expect(throws: MultipartError.wrongType) { try await request.multipart() }
    }

    @Test func badTextInAFieldIsRefused() async throws {
        let start = Array("--XYZ\r\nContent-Disposition: form-data; name=a\r\n\r\n".utf8)
        let request = try request([start + [0xC0, 0xAE] + Array("\r\n--XYZ--".utf8)])
        await #expect(throws: MultipartError.malformed) { try await request.multipart() }
    }

    @Test func fileNamesComeInEveryForm() async throws {
        for (sent, read) in [
            ("filename=plain.csv", "plain.csv"), ("filename=\"a;b.csv\"", "a;b.csv"),
            ("filename=\"C:\\dir\\a.csv\"", "C:\\dir\\a.csv"), ("filename=\"名簿.csv\"", "名簿.csv"),
            ("filename*=UTF-8''%E5%90%8D.csv", "名.csv"), ("filename=\"../../a\"", "../../a"),
            ("filename=\"x.csv\"; filename*=utf-8'ja'%E5%90%8D.csv", "名.csv"),
        ] {
            let form = try await collect(
                "--XYZ\r\ncontent-disposition: Form-Data; name=f; \(sent)\r\n\r\nx\r\n--XYZ--")
            #expect(try form.file("f")?.head.filename == read)
        }
    }

    @Test func anEmptyFileInputIsNoFile() async throws {
        let part = "Content-Disposition: form-data; name=f; filename=\"\"\r\n\r\n\r\n"
        let form = try await collect("--XYZ\r\n\(part)--XYZ--")
        #expect(form.files.isEmpty)
        #expect(try form.file("f") == nil)
    }

    @Test func twoFilesUnderOneNameAreReported() async throws {
        let form = try await collect("--XYZ\r\n\(Self.file)--XYZ\r\n\(Self.file)--XYZ--")
        #expect(form.files.count == 2)
        #expect(throws: MultipartError.duplicate("file")) { try form.file("file") }
    }

    @Test func everythingIsBounded() async throws {
        var limits = MultipartLimits(files: 20)
        try check(try await collect(Self.whole, limits))
        limits.files = 19
        await #expect(throws: MultipartError.tooLarge) { try await collect(Self.whole, limits) }
        limits = MultipartLimits()
        limits.fields = 5
        await #expect(throws: MultipartError.tooLarge) { try await collect(Self.whole, limits) }
        limits = MultipartLimits()
        limits.parts = 1
        await #expect(throws: MultipartError.tooLarge) { try await collect(Self.whole, limits) }
        limits = MultipartLimits()
        limits.partHead = 40
        await #expect(throws: MultipartError.tooLarge) { try await collect(Self.whole, limits) }
        let endless = "--XYZ\r\nX: " + String(repeating: "a", count: 5_000)
        await #expect(throws: MultipartError.tooLarge) { try await collect(endless) }
    }

    @Test func aDeclaredLengthBeyondAllLimitsIsRefusedUnread() throws {
        var head = RequestHead(.post, try #require(Target("/")))
        head.headers.set(.contentType, "multipart/form-data; boundary=XYZ")
        let request = Request(head, body: .source(Pieces([]), length: 1 << 30))
        #expect(throws: MultipartError.tooLarge) {
            _ = try MultipartReader(request, limits: MultipartLimits())
        }
    }

    @Test func aLargeFileStreamsThrough() async throws {
        let line = Array("0123456789,\r\n-\r\r\n--XY\r\n".utf8)
        var pieces = [
            Array("--XYZ\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n".utf8)
        ]
        pieces += Array(repeating: line, count: 20_000)
        pieces.append(Array("\r\n--XYZ--\r\n".utf8))
        var reader = try MultipartReader(try request(pieces), limits: MultipartLimits())
        var octets = 0
        var kinds: [String] = []
        while let event = try await reader.next() {
            switch event {
            case .part(let head): kinds.append("part \(head.name)")
            case .content(let bytes): octets += bytes.count
            case .partEnd: kinds.append("end")
            }
        }
        #expect(octets == 20_000 * line.count)
        #expect(kinds == ["part f", "end"])
    }
}
