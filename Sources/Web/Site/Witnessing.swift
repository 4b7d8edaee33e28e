internal import Enrollment
internal import HTTP
internal import Network
internal import Procedures
internal import Secrets
internal import Store

/// What the security log learns from the pages. A log that cannot be written is reported and keeps
/// nobody from an answer that refuses them.
extension Site {
    /// Something that was tried and refused, of the client in front of us.
    func note(_ attempt: SecurityAttempt, _ request: Request, on subject: String) async {
        await note(attempt, by: Self.actor(request), on: subject)
    }

    /// A limit that was reached, whichever page said so; a sign-in tells its own.
    func noteLimit(_ status: Status, _ request: Request) async {
        guard status == .tooManyRequests, request.path != Route.signIn.path else { return }
        await note(.slowedDown, request, on: Self.page(request))
    }

    /// The page, without what somebody wrote behind it.
    static func page(_ request: Request) -> String {
        "page:\(Directory.site.resource(at: request.target)?.name ?? "elsewhere")"
    }

    /// What was counted in the minutes before; whoever comes next brings it along.
    func tellCountedAttempts() async {
        guard office.hasCountedAttempts else { return }
        await reporting { try await office.tellCountedAttempts() }
    }

    /// A proxy of this machine that is not named as trusted: what it says of clients is not
    /// believed, and all of them are one. Told once; a proxy that is named has its clients'
    /// addresses by now.
    func noteUnnamedProxy(_ request: Request) async {
        guard !hasUnnamedProxy, request.client.isLoopback,
            request.headers.contains(.forwardedFor) || request.headers.contains("Forwarded")
        else { return }
        hasUnnamedProxy = true
        await reporting { try await office.noteUnnamedProxy() }
    }

    /// Refusals that tell of somebody who tries what they may not.
    func note(_ error: any Error, _ request: Request) async {
        let page = Self.page(request)
        switch error {
        case Refusal.notYours:
            let account = try? await account(Visitor(request, self))
            let actor = account?.actor ?? Self.actor(request)
            await note(.accessRefused, by: actor, on: page)
        case is Guard.Forged: await note(.forged, request, on: page)
        default: break
        }
    }

    func note(_ attempt: SecurityAttempt, by actor: Actor, on subject: String) async {
        await reporting { try await office.count(attempt, by: actor, on: subject) }
    }

    private static func actor(_ request: Request) -> Actor {
        .client(request.client.rateLimitKey)
    }

    private func reporting(_ act: () async throws -> Void) async {
        do { try await act() } catch { report("-", error) }
    }
}

extension AccountRecord {
    /// As the journal names them.
    var actor: Actor { .account(id) }
}
