/// The head of a part of `multipart/form-data` (RFC 7578 4).
public struct PartHead: Sendable, Hashable {
    /// The form field.
    public let name: String
    /// As the client calls the file, nil for a plain field. For showing only: never a path here.
    public let filename: String?
    public let contentType: MediaType?

    public init(name: String, filename: String? = nil, contentType: MediaType? = nil) {
        self.name = name
        self.filename = filename
        self.contentType = contentType
    }

    /// Reads field lines, each with its CRLF.
    init(parsing bytes: [UInt8]) throws(MultipartError) {
        var disposition: String?
        var type: String?
        for (name, value) in try PartHead.fields(bytes) {
            switch name.lowercased() {
            case "content-disposition":
                guard disposition == nil else { throw .malformed }
                disposition = value
            case "content-type":
                guard type == nil else { throw .malformed }
                type = value
            case "content-transfer-encoding":
                guard ["binary", "8bit", "7bit"].contains(value.lowercased()) else {
                    throw .malformed
                }
            default: break
            }
        }
        guard let disposition else { throw .malformed }
        (name, filename) = try PartHead.names(disposition)
        contentType = type.flatMap { MediaType($0) }
    }

    private static func fields(
        _ bytes: [UInt8]
    ) throws(MultipartError) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        var start = 0
        while let end = bytes[start...].firstIndex(of: 0x0D) {
            guard end + 1 < bytes.count, bytes[end + 1] == 0x0A,
                bytes[start..<end].allSatisfy(ByteClass.isFieldContent),
                let (name, value) = FieldCollector.parts(start..<end, bytes.span),
                let text = String(validating: bytes[value], as: UTF8.self)
            else { throw .malformed }
            fields.append((String(decoding: bytes[name], as: UTF8.self), text))
            start = end + 2
        }
        guard start == bytes.count else { throw .malformed }
        return fields
    }

    private static func names(
        _ disposition: String
    ) throws(MultipartError) -> (name: String, filename: String?) {
        var reader = FieldReader(disposition)
        guard reader.token()?.lowercased() == "form-data",
            let parameters = reader.parameters(), let name = parameters["name"]
        else { throw .malformed }
        guard let extended = parameters["filename*"] else {
            return (name, parameters["filename"])
        }
        guard let filename = extendedText(extended) else { throw .malformed }
        return (name, filename)
    }

    /// `UTF-8'language'percent-encoded` (RFC 8187 3.2); some clients send it though RFC 7578
    /// advises against it.
    private static func extendedText(_ value: String) -> String? {
        let parts = value.utf8.split(
            separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].matches("utf-8"),
            let text = PercentDecoding.text(parts[2]),
            text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { return nil }
        return text
    }
}
