/// 資材. What the office sends to those who apply as an organization.
public enum MaterialKind: String, CaseIterable, Sendable {
    /// ステッカー: one at the door of each 事業所.
    case sticker
    /// 名札: one for each person.
    case nametag
    /// 資料.
    case material
}

/// How many of each kind.
public struct MaterialCounts: Hashable, Sendable {
    public var stickers: Int
    public var nametags: Int
    public var materials: Int

    public init(stickers: Int = 0, nametags: Int = 0, materials: Int = 0) {
        self.stickers = stickers
        self.nametags = nametags
        self.materials = materials
    }

    /// Of one kind; the same in every request (`material_facts_counts_are_in_range`).
    public static let range = 0...9_999

    public subscript(kind: MaterialKind) -> Int {
        get {
            switch kind {
            case .sticker: stickers
            case .nametag: nametags
            case .material: materials
            }
        }
        set {
            switch kind {
            case .sticker: stickers = newValue
            case .nametag: nametags = newValue
            case .material: materials = newValue
            }
        }
    }

    public var isNothing: Bool { self == MaterialCounts() }

    public static func + (one: Self, other: Self) -> Self {
        MaterialCounts(
            stickers: one.stickers + other.stickers, nametags: one.nametags + other.nametags,
            materials: one.materials + other.materials)
    }

    /// What a 事業所 lacks that has so many people: a sticker and a 資料 for the place, a 名札 for each
    /// of its people, without what was asked for before (`asked`). A hint; a clerk knows better.
    public static func lacking(people: Int, asked: MaterialCounts) -> MaterialCounts {
        guard people > 0 else { return MaterialCounts() }
        func rest(_ wanted: Int, _ had: Int) -> Int { min(max(0, wanted - had), range.upperBound) }
        return MaterialCounts(
            stickers: rest(1, asked.stickers), nametags: rest(people, asked.nametags),
            materials: rest(1, asked.materials))
    }
}

/// How far a request for 資材 is. The raw value stands in the tables.
public enum MaterialState: String, CaseIterable, Sendable {
    /// 依頼中, 発送済み, 取りやめ, 戻ってきた.
    case waiting, sent, withdrawn, returned
}

/// What is done to a request for 資材. The raw value stands in forms.
public enum MaterialAct: String, CaseIterable, Sendable {
    /// By its organization: other counts, another address; no more of it; after all.
    case correct, withdraw, resume
    /// By the office: it has left; it has not; it came back; it did not; it is to be sent again.
    case send
    case takeBackSending = "take_back_sending"
    case markReturned = "mark_returned"
    case takeBackReturn = "take_back_return"
    case sendAgain = "send_again"

    /// What an organization does with its own.
    public static let ofOrganization: [MaterialAct] = [.correct, .withdraw, .resume]

    /// How far a request is after it; nil where it cannot be done. What came back is corrected by
    /// its organization, and waits anew.
    public func state(after state: MaterialState) -> MaterialState? {
        switch (self, state) {
        case (.correct, .waiting), (.correct, .returned): .waiting
        case (.withdraw, .waiting), (.withdraw, .returned): .withdrawn
        case (.resume, .withdrawn): .waiting
        case (.send, .waiting): .sent
        case (.takeBackSending, .sent): .waiting
        case (.markReturned, .sent): .returned
        case (.takeBackReturn, .returned): .sent
        case (.sendAgain, .returned): .waiting
        default: nil
        }
    }
}

/// 送付先, fit to be written on a parcel.
public struct ShippingAddress: Equatable, Sendable {
    public let place: Address
    public let building: String
    /// 宛名・部署.
    public let addressee: String
    /// Digits; empty where none is given.
    public let phone: String

    public init(_ place: Address, building: String, addressee: String, phone: String) {
        self.place = place
        self.building = building
        self.addressee = addressee
        self.phone = phone
    }
}

/// What is asked for, fit to be kept. Only `MaterialDraft.check` makes one of what was typed.
public struct MaterialOrder: Equatable, Sendable {
    public let counts: MaterialCounts
    public let address: ShippingAddress

    public init(_ counts: MaterialCounts, to address: ShippingAddress) {
        self.counts = counts
        self.address = address
    }
}
