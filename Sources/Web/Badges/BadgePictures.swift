internal import Enrollment
internal import HTTP
internal import Procedures
internal import Secrets

/// Pictures of one person's badge: whoever knows its token may read them, as its documents.
extension Badges {
    static let pngSuffix = ".png"
    static let svgSuffix = ".svg"

    /// 焼き込んだ画像: `{token}.png` and `{token}.svg`.
    func showPicture(
        _ anybody: Anybody, _ request: Request, _ file: String
    ) async throws -> Response {
        func token(_ suffix: String) -> String { String(file.dropLast(suffix.count)) }
        if file.hasSuffix(Self.pngSuffix) {
            return picture(
                try await office.bakedPNG(token: token(Self.pngSuffix)), "image/png", request)
        }
        if file.hasSuffix(Self.svgSuffix) {
            return picture(
                try await office.bakedSVG(token: token(Self.svgSuffix)), "image/svg+xml", request)
        }
        throw Refusal.notFound
    }

    /// 名刺用の図.
    func showCard(
        _ anybody: Anybody, _ request: Request, _ token: String
    ) async throws -> Response {
        picture(try await office.badgeCard(token: token), "image/png", request)
    }

    private func picture(
        _ bytes: [UInt8], _ type: HeaderValue, _ request: Request
    ) -> Response {
        TaggedDocument(bytes, type: type).response(to: request).with("X-Robots-Tag", "noindex")
    }
}
