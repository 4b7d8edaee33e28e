/// What becomes of a row of a file that is taken back. The raw values stand in the tables.
public enum UndoOutcome: Hashable, Sendable {
    case reversed(UndoAct)
    case kept(UndoHindrance)
    case failed(UndoFault)

    /// The three that are counted and listed.
    public enum Group: String, CaseIterable, Sendable { case reversed, kept, failed }

    public var group: Group {
        switch self {
        case .reversed: .reversed
        case .kept: .kept
        case .failed: .failed
        }
    }

    /// What is done, why nothing is, or why it cannot be.
    public var reason: String {
        switch self {
        case .reversed(let act): act.rawValue
        case .kept(let hindrance): hindrance.rawValue
        case .failed(let fault): fault.rawValue
        }
    }

    /// Nil for words that do not go together.
    public init?(_ group: Group, _ reason: String) {
        switch group {
        case .reversed:
            guard let act = UndoAct(rawValue: reason) else { return nil }
            self = .reversed(act)
        case .kept:
            guard let hindrance = UndoHindrance(rawValue: reason) else { return nil }
            self = .kept(hindrance)
        case .failed:
            guard let fault = UndoFault(rawValue: reason) else { return nil }
            self = .failed(fault)
        }
    }
}

/// How a row is taken back.
public enum UndoAct: String, CaseIterable, Sendable {
    /// The application that it filed is none any more.
    case takeBack = "take_back"
    /// What was there before it comes back.
    case restore
    /// The person belongs to the organization no more, and never did by this file.
    case leave
    /// The office is not asked about it any more.
    case unask
}

/// Why a row is left as it is: somebody has built on it since.
public enum UndoHindrance: String, CaseIterable, Sendable {
    /// The person has typed a code that went to their address: since then what it says is theirs.
    case confirmed
    case approved, appointed, rejected, withdrawn, expired, merged
    /// By a later file, or by somebody of whom the organization is told nothing.
    case changed
    /// By the person, or by the office.
    case corrected
    /// The particulars are past their lifetime.
    case forgotten
}

/// Why a row that nobody has built on cannot be taken back.
public enum UndoFault: String, CaseIterable, Sendable {
    /// What was there before is not kept.
    case formerIsGone = "former_is_gone"
    /// Another application has come to say just what this one said before.
    case formerIsTaken = "former_is_taken"
}

/// What a row of a file has done.
public enum FileEffect: Sendable, Equatable {
    case filed, joined, changed
    /// A row that came while its person was filed by somebody else.
    case merged
    /// The office is asked whether it is somebody who is known.
    case asked
    /// Beside an application stands what the row says otherwise, and nothing else.
    case proposed
}

/// All that decides whether a row is taken back.
public struct UndoFacts: Sendable, Equatable {
    /// What an application said before the row changed what it says.
    public enum Former: String, CaseIterable, Sendable { case same, kept, gone, taken }
    /// By what the application was changed since.
    public enum Change: String, CaseIterable, Sendable { case file, correction }

    public let effect: FileEffect
    /// Nil where the row has no application.
    public let state: ApplicationState?
    public let isConfirmed: Bool
    public let isForgotten: Bool
    /// Whether the organization says of its member still what the row said.
    public let stands: Bool
    /// Whether another organization has come to count on the application.
    public let isShared: Bool
    public let former: Former
    public let changed: Change?

    public init(
        _ effect: FileEffect, state: ApplicationState?, former: Former, changed: Change?,
        _ marks: Marks
    ) {
        self.effect = effect
        self.state = state
        self.former = former
        self.changed = changed
        isConfirmed = marks.isConfirmed
        isForgotten = marks.isForgotten
        stands = marks.stands
        isShared = marks.isShared
    }

    public struct Marks: Sendable {
        public var isConfirmed = false
        public var isForgotten = false
        public var stands = true
        public var isShared = false

        public init() {}
    }

    public var outcome: UndoOutcome {
        switch effect {
        case .asked: return .reversed(.unask)
        case .proposed: return .reversed(.restore)
        case .merged: return .kept(.merged)
        case .joined: return stands ? .reversed(.leave) : .kept(.changed)
        case .filed:
            if let hindrance { return .kept(hindrance) }
            return stands && !isShared ? .reversed(.takeBack) : .kept(.changed)
        case .changed: return ofChange
        }
    }

    /// 部署 and 事業所 are the organization's own, whatever became of the application; the rest is so
    /// only while nobody has built on it.
    private var ofChange: UndoOutcome {
        guard stands else { return .kept(.changed) }
        if former == .same { return .reversed(.restore) }
        if let hindrance { return .kept(hindrance) }
        switch former {
        case .gone: return .failed(.formerIsGone)
        case .taken: return .failed(.formerIsTaken)
        case .same, .kept: return .reversed(.restore)
        }
    }

    private var hindrance: UndoHindrance? {
        if isForgotten { return .forgotten }
        switch state {
        case .appointed: return .appointed
        case .approved: return .approved
        case .rejected: return .rejected
        case .withdrawn: return .withdrawn
        case .expired: return .expired
        case .merged: return .merged
        case .draft, .submitted, .correcting, .reviewing, nil: break
        }
        switch changed {
        case .file: return .changed
        case .correction: return .corrected
        case nil: return isConfirmed ? .confirmed : nil
        }
    }
}
