/// Reads a request's `multipart/form-data` body part by part while it arrives.
///
/// For large files: take `.part` events, write the `.content` of the file part where it belongs.
/// Counts octets against the limits; `Request.multipart` goes through all of it.
public struct MultipartReader {
    private var parser: MultipartParser
    private var body: RequestBody.Iterator
    private let limits: MultipartLimits
    private var isInFile = false
    private var fieldOctets = 0
    private var fileOctets = 0

    /// - Throws: `MultipartError.wrongType` (415), or `.tooLarge` (413) where the declared length
    ///   is beyond all limits; then nothing has been read.
    public init(_ request: Request, limits: MultipartLimits) throws(MultipartError) {
        parser = try MultipartParser(request.contentType, limits: limits)
        body = request.body.makeAsyncIterator()
        self.limits = limits
        let framing = limits.parts * (limits.partHead + 80)
        if let declared = request.body.declaredLength,
            declared > limits.fields + limits.files + framing
        {
            throw .tooLarge
        }
    }

    /// The next event; nil when the whole body has been read.
    ///
    /// - Throws: `MultipartError`, or the body source's error.
    public mutating func next() async throws -> MultipartEvent? {
        while true {
            if let event = try parser.next() {
                try count(event)
                return event
            }
            guard let bytes = try await body.next(isolation: #isolation) else {
                guard parser.isFinished else { throw MultipartError.malformed }
                return nil
            }
            parser.take(bytes)
        }
    }

    private mutating func count(_ event: MultipartEvent) throws(MultipartError) {
        switch event {
        case .part(let head): isInFile = head.filename != nil
        case .partEnd: break
        case .content(let bytes):
            if isInFile { fileOctets += bytes.count } else { fieldOctets += bytes.count }
        }
        guard fileOctets <= limits.files, fieldOctets <= limits.fields else { throw .tooLarge }
    }
}

/// Where the octets of a file go while they arrive.
public protocol FileSink: AnyObject {
    /// In octets.
    var count: Int { get }
    func append(_ bytes: [UInt8]) throws
}

/// A multipart form; its files are where the sinks put them.
public struct MultipartForm<Sink: FileSink> {
    public struct File {
        public let head: PartHead
        public let content: Sink
    }

    /// The plain fields, in order.
    public internal(set) var form = Form()
    /// The files, in order. A file input left empty is not among them.
    public internal(set) var files: [File] = []

    /// The file of an input that takes one; nil where none was chosen.
    ///
    /// - Throws: `MultipartError.duplicate` where two came under this name.
    public func file(_ name: String) throws(MultipartError) -> File? {
        let found = files.filter { $0.head.name.utf8.elementsEqual(name.utf8) }
        guard found.count <= 1 else { throw .duplicate(name) }
        return found.first
    }

    fileprivate mutating func add(_ head: PartHead, _ text: [UInt8]) throws(MultipartError) {
        guard !text.contains(0), let text = String(validating: text, as: UTF8.self) else {
            throw .malformed
        }
        form.append(head.name, text)
    }

    fileprivate mutating func add(_ head: PartHead, _ file: Sink) {
        guard head.filename != "" || file.count > 0 else { return }
        files.append(File(head: head, content: file))
    }
}

extension MultipartForm: Sendable where Sink: Sendable {}
extension MultipartForm.File: Sendable where Sink: Sendable {}

extension Request {
    /// Reads a `multipart/form-data` body: fields as strict UTF-8 text, each file into a sink of
    /// its own while it arrives.
    ///
    /// - Throws: `MultipartError` (400, 413, 415), the sink's or the body source's error.
    public func multipart<Sink: FileSink>(
        _ limits: MultipartLimits = MultipartLimits(), into sink: () throws -> Sink
    ) async throws -> MultipartForm<Sink> {
        var reader = try MultipartReader(self, limits: limits)
        var collected = MultipartForm<Sink>()
        var head: PartHead?
        var file: Sink?
        var text: [UInt8] = []
        while let event = try await reader.next() {
            switch event {
            case .part(let next):
                head = next
                file = next.filename == nil ? nil : try sink()
            case .content(let bytes):
                if let file { try file.append(bytes) } else { text.append(contentsOf: bytes) }
            case .partEnd:
                guard let head else { continue }
                if let file { collected.add(head, file) } else { try collected.add(head, text) }
                text = []
            }
        }
        return collected
    }
}
