import Enrollment
import Procedures
import Store
import Words

/// What the database says of the installation before anything is done with it.
struct FoundInstallation {
    /// Nil while nothing is set up.
    let kind: InstallationKind?
    let names: ServiceNames

    /// Names that neither the settings nor the reference data give, as settings.
    func missing(_ configuration: Configuration) -> [String] {
        guard kind != .demo else { return [] }
        let given = [
            ("ENROLL_ISSUER", configuration.issuer ?? names.issuer),
            ("ENROLL_PHONE", configuration.phone ?? names.phone),
        ]
        return given.filter { $0.1 == nil }.map(\.0)
    }

    /// How the service calls itself: as set, else as the reference data says. Only a demo has names
    /// that are invented; what people elsewhere are told must be true.
    func words(_ configuration: Configuration) -> ServiceWords {
        let known =
            kind == .demo
            ? ServiceNames(issuer: "デジタル推進委員 事務局（見本）", phone: "0120-000-000") : names
        return ServiceWords(
            issuer: configuration.issuer ?? known.issuer ?? "",
            phone: configuration.phone ?? known.phone ?? "", url: configuration.publicURL)
    }

    /// Throws where somebody would be written to in nobody's name.
    func demandNames(_ configuration: Configuration) throws {
        let missing = missing(configuration)
        guard missing.isEmpty else { throw Nameless(missing: missing) }
    }

    struct Nameless: CommandFault {
        let missing: [String]

        var description: String {
            "the service has no name or telephone to show: set "
                + "\(missing.joined(separator: " and ")), or run `enroll load`, which "
                + "brings those of the reference data"
        }
    }
}

extension Office {
    /// What is found; nothing while there are no tables.
    func found() async throws -> FoundInstallation {
        do {
            return FoundInstallation(
                kind: try await reading.installation(),
                names: try await reading.serviceNames(in: year))
        } catch  where StoreTrouble.isWithoutTables(error) {
            return FoundInstallation(kind: nil, names: ServiceNames(issuer: nil, phone: nil))
        }
    }
}
