/// だれが. Who does something, as tables, journal and log name them.
public enum Actor: Sendable, Hashable {
    /// Somebody of the office, an organization or the ministry, by their account's number.
    case account(Int)
    /// Whoever is signed in to the own page of an application, by its number.
    case application(Int)
    /// 本人, whatever proves it.
    case applicant
    /// Nobody known: an address of the network. Tables name no address; see `withoutAddress`.
    case client(String)
    /// Whoever runs the installation, by their login on the machine.
    case `operator`(String)
    /// What the clock or a queue asks for.
    case worker, system
    /// The server itself noticed something.
    case server
    /// Invented people.
    case demo
}

extension Actor {
    /// What stands in a table: a word, and whose it is behind a colon.
    public var code: String {
        switch self {
        case .account(let id): "account:\(id)"
        case .application(let id): "application:\(id)"
        case .applicant: "applicant"
        case .client(let address): address.isEmpty ? "client" : "client:\(address)"
        case .operator(let login): "operator:\(login)"
        case .worker: "worker"
        case .system: "system"
        case .server: "server"
        case .demo: "demo"
        }
    }

    /// Nil for a code that names nobody.
    public init?(code: String) {
        let parts = code.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.count == 2 ? String(parts[1]) : nil
        switch (parts[0], name) {
        case ("account", let id?):
            guard let id = Int(id) else { return nil }
            self = .account(id)
        case ("application", let id?):
            guard let id = Int(id) else { return nil }
            self = .application(id)
        case ("operator", let login?): self = .operator(login)
        case ("client", let address): self = .client(address ?? "")
        case ("applicant", nil): self = .applicant
        case ("worker", nil): self = .worker
        case ("system", nil): self = .system
        case ("server", nil): self = .server
        case ("demo", nil): self = .demo
        default: return nil
        }
    }

    /// The same, and of a client only that it was one: where somebody came from is kept no longer
    /// than other particulars.
    public var withoutAddress: Actor {
        if case .client = self { .client("") } else { self }
    }
}
