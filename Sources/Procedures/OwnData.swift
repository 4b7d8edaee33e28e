public import Enrollment
internal import JSON
internal import Store
internal import Words

extension Office {
    /// 本人のデータの写し. Everything that is held about whoever applied, under the address that they
    /// have proved to be theirs, as one JSON document; the journal says that it was fetched. Throws
    /// `Refusal.notFound`.
    public func ownData(ofApplication id: Int, by actor: Actor) async throws -> [UInt8] {
        guard let found = try await reading.application(id: id) else { throw Refusal.notFound }
        return try await write { writing in
            let moment = moment(actor)
            record([Event(.downloadOwn, on: "application:\(found.id)")], in: writing, at: moment)
            let parts = try await writing.ownData(ofApplication: id)
            let head = [
                JSONMember("service", .string(settings.service.title)),
                JSONMember("made_at", .string(moment.now.description)),
            ]
            let members = parts.map { JSONMember($0.name, .array($0.items)) }
            return JSONValue.object(head + members).octets
        }
    }
}
