public import Enrollment
internal import JSON
public import Store

/// What became of something that was typed of 資材.
public enum MaterialOutcome: Sendable {
    /// By its number; what should be looked at is said on its page.
    case kept(Int)
    /// The same of what came back, and it goes again to where it came back from.
    case keptForSameAddress(Int)
    /// Nothing was typed that is not known already: nothing is done.
    case unchanged(Int)
    case rejected([MaterialProblem])
}

/// A form for 資材 as it was sent.
public struct MaterialForm: Sendable {
    public let draft: MaterialDraft
    /// Another one for each form that was opened: pressed twice, it asks once.
    public let onceKey: String
    /// The number of the file with which it is asked for; nil for none.
    public let fileNumber: String?

    public init(_ draft: MaterialDraft, onceKey: String, fileNumber: String? = nil) {
        self.draft = draft
        self.onceKey = onceKey
        self.fileNumber = fileNumber
    }
}

/// 資材 as an organization asks for it. Whose requests they are is said by a scope.
extension Office {
    /// 資材を頼む, for the organization or a 事業所 that whoever asks looks after. Throws
    /// `Refusal.notFound` for a file of others.
    public func askMaterials(
        _ form: MaterialForm, within scope: OrganizationScope, by actor: Actor
    ) async throws -> MaterialOutcome {
        let rules = try await currentRules()
        return try await write { writing in
            let places = try await askingPlaces(of: scope, writing.reading)
            let (order, problems) = form.draft.check(
                on: today, under: rules, of: Set(places.keys))
            guard let order else { return .rejected(problems) }
            let fileID = try await fileID(form.fileNumber, within: scope, writing.reading)
            let new = NewMaterialRequest(
                order, of: scope.organizationID, at: places[form.draft[.place]] ?? nil, in: year,
                onceKey: form.onceKey, withFile: fileID)
            return .kept(try await ask(new, in: writing, at: moment(actor)))
        }
    }

    /// One that the form has asked for already is given again.
    func ask(
        _ new: NewMaterialRequest, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> Int {
        if let number = try await writing.ask(new, at: moment) {
            record([Event(.askMaterials, number, after: new.order)], in: writing, at: moment)
            return number
        }
        guard
            let number = try await writing.reading.material(
                onceKey: new.onceKey, of: new.organizationID)
        else { throw Refusal.conflict(.materialsHaveChanged) }
        return number
    }

    /// The 事業所 that may be asked for today, by their paths; an empty one is the organization
    /// itself.
    func askingPlaces(
        of scope: OrganizationScope, _ reading: ReadStore
    ) async throws -> [String: Int?] {
        let open = try await reading.businessPlaces(of: scope.organizationID).filter {
            $0.isOpen(on: today) && scope.contains($0.path)
        }
        var places: [String: Int?] = scope.isWholeOrganization ? ["": nil] : [:]
        for place in open { places[place.path.description] = .some(place.id) }
        return places
    }

    func fileID(
        _ number: String?, within scope: OrganizationScope, _ reading: ReadStore
    ) async throws -> Int? {
        guard let number else { return nil }
        guard let file = try await reading.groupFile(number: number), scope.contains(file.scope)
        else { throw Refusal.notFound }
        return file.id
    }

    /// A request of what somebody looks after. Throws `Refusal.notFound`.
    public func material(
        _ number: Int, within scope: OrganizationScope
    ) async throws -> MaterialRecord {
        let found = try await reading.materials(numbered: [number]).first
        guard let found, scope.contains(found.scope) else { throw Refusal.notFound }
        return found
    }

    /// Other counts or another address, until it is sent, and after it came back; what came back
    /// does not go where it failed because somebody pressed. `version` is what was seen. Throws
    /// `Refusal.notFound`, and `.conflict` where something else is known now.
    public func correctMaterials(
        _ number: Int, to draft: MaterialDraft, seen version: Int, within scope: OrganizationScope,
        by actor: Actor
    ) async throws -> MaterialOutcome {
        let rules = try await currentRules()
        return try await write { writing in
            let (order, problems) = draft.check(on: today, under: rules, of: nil)
            guard let order else { return .rejected(problems) }
            let held = try await hold(number, within: scope, in: writing)
            // A second press.
            if held.order == order, held.state == .waiting, held.version != version {
                return .kept(number)
            }
            guard held.version == version, MaterialAct.correct.state(after: held.state) != nil
            else { throw Refusal.conflict(.materialsHaveChanged) }
            if held.order == order { return .unchanged(number) }
            let moment = moment(actor)
            try await writing.correct(held, to: order, at: moment)
            record(
                [Event(.correctMaterials, number, before: held.order, after: order)], in: writing,
                at: moment)
            let isSame = held.state == .returned && held.order.address == order.address
            return isSame ? .keptForSameAddress(number) : .kept(number)
        }
    }

    /// One act on one request that asks for nothing besides: an organization's on its own, or the
    /// office's (`scope` nil). `version` is what was seen. Throws `Refusal.notFound`, and
    /// `.conflict` where something else is known now.
    public func changeMaterials(
        _ number: Int, _ act: MaterialAct, seen version: Int, within scope: OrganizationScope?,
        by actor: Actor
    ) async throws {
        try await write { writing in
            let held = try await hold(number, within: scope, in: writing)
            guard held.version == version, let state = act.state(after: held.state),
                let kind = act.kind
            else { throw Refusal.conflict(.materialsHaveChanged) }
            let moment = moment(actor)
            let keepsDay = state == .sent || state == .returned
            try await writing.move(
                materials: [held], to: state, sentOn: keepsDay ? held.sentOn : nil,
                returnedOn: state == .returned ? max(today, held.sentOn ?? today) : nil,
                at: moment)
            record([Event(kind, [number], held.state, state)], in: writing, at: moment)
        }
    }

    private func hold(
        _ number: Int, within scope: OrganizationScope?, in writing: WriteTransaction
    ) async throws -> MaterialRecord {
        guard let held = try await writing.hold(materials: [number]).first,
            scope?.contains(held.scope) ?? true
        else { throw Refusal.notFound }
        return held
    }
}

extension MaterialAct {
    /// Nil for what needs more than a press.
    fileprivate var kind: EventKind? {
        switch self {
        case .correct, .send: nil
        case .withdraw: .withdrawMaterials
        case .resume: .resumeMaterials
        case .takeBackSending: .takeBackSending
        case .markReturned: .returnMaterials
        case .takeBackReturn: .takeBackReturn
        case .sendAgain: .sendMaterialsAgain
        }
    }
}

extension Event {
    /// A request, with what was asked before and is now. To whom it goes is forgotten some day.
    fileprivate init(
        _ act: EventKind, _ number: Int, before: MaterialOrder? = nil, after: MaterialOrder
    ) {
        self.init(
            act, on: "materials:\(number)",
            detail: .object([
                "before": before.map(\.counts.json) ?? .null, "after": after.counts.json,
            ]),
            details: EventDetails(before: before?.address.json, after: after.address.json))
    }

    /// Requests of one act that went from one state to another.
    init(
        _ act: EventKind, _ numbers: [Int], _ before: MaterialState, _ after: MaterialState,
        on day: Day? = nil
    ) {
        let sentOn = day.map { [JSONMember("sent_on", .string($0.description))] } ?? []
        let all =
            numbers.count > 1
            ? [JSONMember("numbers", .array(numbers.map(JSONValue.integer)))] : []
        self.init(
            act, on: "materials:\(numbers.first ?? 0)",
            detail: .object(
                [
                    JSONMember("before", before.json), JSONMember("after", after.json),
                ] + sentOn + all))
    }
}

extension MaterialCounts {
    fileprivate var json: JSONValue {
        .object(
            MaterialKind.allCases.map { JSONMember($0.rawValue, .integer(self[$0])) })
    }
}

extension MaterialState {
    fileprivate var json: JSONValue { .object(["material_state": .string(rawValue)]) }
}

extension ShippingAddress {
    fileprivate var json: JSONValue {
        .object([
            "postal_code": .string(place.postalCode),
            "municipality_code": .string(place.municipalityCode),
            "ward": .string(place.ward), "street": .string(place.street),
            "building": .string(building), "ship_to_name": .string(addressee),
            "phone": .string(phone),
        ])
    }
}
