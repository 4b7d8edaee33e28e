public import Enrollment
internal import JSON
public import Store

/// What is written down about somebody.
public struct NoteForm: Sendable {
    public let words: String
    /// To the person on their own page.
    public let isShown: Bool
    /// The note in whose place it is written; nil for one of its own.
    public let corrects: Int?
    /// The newest note that the writer had seen; 0 for none.
    public let seen: Int

    public init(_ words: String, isShown: Bool, inPlaceOf corrects: Int? = nil, seen: Int) {
        self.words = words
        self.isShown = isShown
        self.corrects = corrects
        self.seen = seen
    }
}

extension Office {
    /// メモを書く. The same words by the same writer since `seen` are a second press, and written
    /// once. A note in whose place it is written is struck out. Throws `Refusal.notFound` where
    /// nothing is held of the person any more, and `.conflict` where that note is struck already.
    public func write(_ note: NoteForm, aboutPerson id: Int, by actor: Actor) async throws {
        try await write { writing in
            let moment = moment(actor)
            guard !note.words.isEmpty, try await writing.holdPerson(id) else {
                throw Refusal.notFound
            }
            let isWritten = try await writing.reading.notes(ofPerson: id).contains {
                $0.id > note.seen && $0.writer.actor == actor && $0.words == note.words
                    && $0.isShown == note.isShown
            }
            if isWritten { return }
            if let former = note.corrects {
                guard try await writing.strikeNote(former, ofPerson: id, at: moment) else {
                    throw Refusal.conflict(.noteIsStruck)
                }
            }
            let number = try await writing.write(
                NewNote(
                    ofPerson: id, note.words, isShown: note.isShown, inPlaceOf: note.corrects),
                at: moment)
            let detail = [
                JSONMember("note", .integer(number)), JSONMember("shown", .bool(note.isShown)),
            ]
            let former = note.corrects.map { [JSONMember("corrects", .integer($0))] } ?? []
            record(
                [Event(.writeNote, on: "person:\(id)", detail: .object(detail + former))],
                in: writing, at: moment)
        }
    }

    /// メモを取り消す: it stays to be read, struck out. Throws `Refusal.conflict` where it is struck
    /// already, or is nobody's of theirs.
    public func strike(note: Int, ofPerson id: Int, by actor: Actor) async throws {
        try await write { writing in
            let moment = moment(actor)
            guard try await writing.strikeNote(note, ofPerson: id, at: moment) else {
                throw Refusal.conflict(.noteIsStruck)
            }
            record(
                [
                    Event(
                        .strikeNote, on: "person:\(id)",
                        detail: .object(["note": .integer(note)]))
                ], in: writing, at: moment)
        }
    }
}
