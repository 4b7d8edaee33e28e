/// A media type with its parameters (RFC 9110 8.3.1).
public struct MediaType: Sendable, Hashable {
    /// `type/subtype` in lower case.
    public let essence: String
    private let parameters: [String: String]

    /// Nil where the text is malformed or names a parameter twice.
    public init?(_ text: String) {
        var reader = FieldReader(text)
        guard let type = reader.token(), reader.skip("/"), let subtype = reader.token(),
            let parameters = reader.parameters()
        else { return nil }
        essence = "\(type)/\(subtype)".lowercased()
        self.parameters = parameters
    }

    /// A parameter's value by its name in lower case.
    public func parameter(_ name: String) -> String? { parameters[name] }
}
