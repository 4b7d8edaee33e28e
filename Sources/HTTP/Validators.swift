/// What a representation can be recognised by (RFC 9110 8.8).
public struct Validators: Sendable, Hashable {
    public var entityTag: EntityTag?
    public var lastModified: HTTPDate?

    public init(entityTag: EntityTag? = nil, lastModified: HTTPDate? = nil) {
        self.entityTag = entityTag
        self.lastModified = lastModified
    }

    public enum Outcome: Sendable, Hashable {
        case proceed
        /// Answer 304.
        case notModified
        /// Answer 412.
        case failed
    }

    /// Evaluates the request's conditions in the order of RFC 9110 13.2.2.
    public func evaluate(_ request: RequestHead) -> Outcome {
        let reads = request.method == .get || request.method == .head
        guard passes(request.headers) else { return .failed }
        if request.headers.contains(.ifNoneMatch) {
            guard noneMatches(request.headers.all(.ifNoneMatch)) else {
                return reads ? .notModified : .failed
            }
            return .proceed
        }
        guard reads, let since = request.headers.single(.ifModifiedSince).flatMap(HTTPDate.init),
            let lastModified
        else { return .proceed }
        return lastModified <= since ? .notModified : .proceed
    }

    /// `If-Match`, else `If-Unmodified-Since`.
    private func passes(_ headers: Headers) -> Bool {
        if headers.contains(.ifMatch) {
            let value = headers.all(.ifMatch).joined(separator: ", ")
            if value == "*" { return true }
            guard let entityTag, let tags = EntityTag.list(value) else { return false }
            return tags.contains { $0.matchesStrongly(entityTag) }
        }
        guard let since = headers.single(.ifUnmodifiedSince).flatMap(HTTPDate.init),
            let lastModified
        else { return true }
        return lastModified <= since
    }

    private func noneMatches(_ values: [String]) -> Bool {
        let value = values.joined(separator: ", ")
        if value == "*" { return false }
        guard let entityTag, let tags = EntityTag.list(value) else { return true }
        return !tags.contains { $0.matchesWeakly(entityTag) }
    }

    /// Whether a `Range` field counts (RFC 9110 13.1.5): without `If-Range`, or where that names
    /// exactly this representation.
    func allowsRange(_ headers: Headers) -> Bool {
        guard headers.contains(.ifRange) else { return true }
        guard let value = headers.single(.ifRange) else { return false }
        if let tags = EntityTag.list(value), tags.count == 1, let entityTag {
            return tags[0].matchesStrongly(entityTag)
        }
        guard let date = HTTPDate(value) else { return false }
        return date == lastModified
    }
}
