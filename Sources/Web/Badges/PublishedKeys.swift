internal import HTTP
internal import Procedures

/// Public halves of the keys with which we sign, for verifiers.
extension Badges {
    func showKeys(_ anybody: Anybody, _ request: Request) async throws -> Response {
        TaggedDocument(try await office.publishedKeys(), type: "application/jwk-set+json")
            .response(to: request)
    }

    func showKey(_ anybody: Anybody, _ request: Request, _ id: String) async throws -> Response {
        TaggedDocument(try await office.publishedKey(id), type: "application/jwk+json")
            .response(to: request)
    }

    func showIssuerDocument(_ anybody: Anybody, _ request: Request) async throws -> Response {
        TaggedDocument(try await office.issuerDocument(), type: "application/did+json")
            .response(to: request)
    }
}
