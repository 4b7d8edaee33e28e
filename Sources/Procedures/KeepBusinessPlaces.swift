public import Enrollment
internal import JSON
internal import Store

/// What is to become of a 事業所.
public enum BusinessPlaceChange: Sendable {
    case rename(to: BusinessPlaceName)
    /// From this day on it is there no more: no file may name it, and whoever is in it stays where
    /// they are.
    case close(on: Day)
    /// Takes a closing back.
    case reopen
}

extension Office {
    /// 事業所の登録. Adds a 事業所 to an organization, from today on. Throws `Refusal.notFound` where the
    /// organization, or the 事業所 above, is not known, and `Refusal.conflict` where there is one of
    /// the path or of the name already.
    public func addBusinessPlace(
        _ path: BusinessPlacePath, named name: BusinessPlaceName, of code: String, by actor: Actor
    ) async throws {
        try await write { writing in
            guard let organization = try await writing.organizationID(code) else {
                throw Refusal.notFound
            }
            if let above = path.parent,
                try await writing.lockBusinessPlace(above, of: organization) == nil
            {
                throw Refusal.notFound
            }
            guard
                try await writing.addBusinessPlace(
                    path, named: name.text, of: organization, from: today)
            else { throw Refusal.conflict(.businessPlaceIsKnown) }
            record(
                [
                    event(
                        .addBusinessPlace, path, of: code, before: .null, after: .string(name.text))
                ],
                in: writing, at: moment(actor))
        }
    }

    /// 事業所の変更. Renames, closes or opens one again. Throws as adding does, and
    /// `Refusal.conflict(.businessPlaceEndsTooEarly)` for a day that is not after its first.
    public func changeBusinessPlace(
        _ path: BusinessPlacePath, of code: String, _ change: BusinessPlaceChange, by actor: Actor
    ) async throws {
        try await write { writing in
            guard let organization = try await writing.organizationID(code),
                let place = try await writing.lockBusinessPlace(path, of: organization)
            else { throw Refusal.notFound }
            let event = try await change.apply(to: place, in: writing)
            record(
                [self.event(event.act, path, of: code, before: event.before, after: event.after)],
                in: writing, at: moment(actor))
        }
    }

    /// The 事業所 of an organization, those that have ended too. Throws `Refusal.notFound`.
    public func businessPlaces(of code: String) async throws -> [BusinessPlace] {
        guard let id = try await reading.organizationID(code) else { throw Refusal.notFound }
        return try await reading.businessPlaces(of: id)
    }

    /// The organization with its 事業所, as a file within a scope may name them.
    func withPlaces(
        _ organization: OpenOrganization, within scope: OrganizationScope, from reading: ReadStore
    ) async throws -> OpenOrganization {
        organization.with(
            BusinessPlaces(
                try await reading.businessPlaces(of: organization.id), within: scope.place))
    }

    private func event(
        _ act: EventKind, _ path: BusinessPlacePath, of code: String, before: JSONValue,
        after: JSONValue
    ) -> Event {
        Event(
            act, on: "organization:\(code)",
            detail: .object([
                "business_place": .string(path.description), "before": before, "after": after,
            ]))
    }
}

extension BusinessPlaceChange {
    fileprivate func apply(
        to place: BusinessPlace, in writing: WriteTransaction
    ) async throws -> (act: EventKind, before: JSONValue, after: JSONValue) {
        switch self {
        case .rename(let name):
            guard try await writing.rename(place, to: name.text) else {
                throw Refusal.conflict(.businessPlaceIsKnown)
            }
            return (.renameBusinessPlace, .string(place.name), .string(name.text))
        case .close(let day):
            guard day > place.opensOn else { throw Refusal.conflict(.businessPlaceEndsTooEarly) }
            try await writing.end(place, on: day)
            return (.closeBusinessPlace, Self.said(place.endsOn), Self.said(day))
        case .reopen:
            try await writing.end(place, on: nil)
            return (.closeBusinessPlace, Self.said(place.endsOn), .null)
        }
    }

    private static func said(_ day: Day?) -> JSONValue {
        day.map { .string($0.description) } ?? .null
    }
}
