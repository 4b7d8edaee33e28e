// swift-tools-version: 6.1
import PackageDescription

let house: [SwiftSetting] = [
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

func layer(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: house)
}

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")

let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

let linux = Target.systemLibrary(name: "CLinux")

let systemLibraries: [Target] = [
    .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CIsal", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
        name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(
        name: "CRsvg", pkgConfig: "librsvg-2.0", providers: [.apt(["librsvg2-dev"])]),
    .systemLibrary(
        name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
    .systemLibrary(
        name: "CQrencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
]

let server: [Target] = [
    layer("EventLoop", ["CLinux"]),
    layer("Network"),
    layer("HTTP", ["Network"]),
    layer("HTTPServer", ["HTTP", "Network", "EventLoop", "CLinux", logging]),
]

let layers: [Target] = [
    layer("Postgres", ["EventLoop", "CLibpq", logging]),
    layer("HTML"),
    layer("JSON"),
    layer("Spreadsheet", ["CIsal", "CExpat"]),
    layer("Compression", ["CZlib"]),
    layer("TemporaryFiles"),
    layer("Mail", ["CCurl"]),
    layer("Secrets", [crypto, cryptoExtras]),
    layer("Credentials", ["Compression", "Enrollment", "JSON", "Secrets"]),
    .target(
        name: "Drawing", dependencies: ["CRsvg", "CPango", "CQrencode"],
        resources: [
            .embedInCode("Artwork/badge-promoter.svg"), .embedInCode("Artwork/badge-caller.svg"),
        ],
        swiftSettings: house),
    layer("JapaneseText"),
    layer("Enrollment", ["JapaneseText"]),
    layer("Words", ["Enrollment"]),
    layer("Store", ["Enrollment", "Words", "JSON", "Postgres"]),
    layer(
        "Procedures",
        [
            "Enrollment", "EventLoop", "JSON", "Words", "Store", "Postgres", "Spreadsheet", "Mail",
            "Secrets", "Credentials", "Drawing", "TemporaryFiles", "Network", logging,
        ]),
    .target(
        name: "Web",
        dependencies: [
            "Enrollment", "Words", "Store", "Procedures", "HTTP", "HTML", "Secrets", "Compression",
            "TemporaryFiles", "Network",
        ],
        resources: [.embedInCode("Assets/site.css"), .embedInCode("Assets/page.js")],
        swiftSettings: house),
    // The workbook writer by itself, for ops/bench.
    .executableTarget(
        name: "workbook-bench", dependencies: ["Spreadsheet"],
        path: "ops/benchmarks/workbook-bench", swiftSettings: house),
    // Many 任命状 by themselves, for ops/bench.
    .executableTarget(
        name: "letters-bench", dependencies: ["Drawing"],
        path: "ops/benchmarks/letters-bench", swiftSettings: house),
    // Invented people whose truth is known, for ops/bench and the tests of who is who.
    .target(
        name: "IdentityPopulation", dependencies: ["Enrollment"],
        path: "ops/benchmarks/identity-population", swiftSettings: house),
    .executableTarget(
        name: "identity-bench", dependencies: ["Enrollment", "IdentityPopulation"],
        path: "ops/benchmarks/identity-bench", swiftSettings: house),
    .executableTarget(
        name: "enroll",
        dependencies: [
            "CLinux", "Enrollment", "Words", "Store", "Procedures", "Web", "HTTP", "HTTPServer",
            "EventLoop", "JSON", "Postgres", "Mail", "Secrets", "Spreadsheet",
            logging, arguments, lifecycle, signals,
        ],
        swiftSettings: house),
]

/// What the sanitizers run, too: the server by itself.
let serverTests: [Target] = [
    .target(
        name: "HostileRequests", path: "Tests/HostileRequests", exclude: ["cases"],
        swiftSettings: house),
    tests("EventLoopTests", ["EventLoop"]),
    tests("HTTPTests", ["HTTP", "HostileRequests"]),
    tests(
        "HTTPServerTests",
        ["HTTPServer", "HTTP", "Network", "EventLoop", "HostileRequests", logging]),
]

let testTargets: [Target] = [
    .target(
        name: "TestSupport",
        dependencies: [
            "Enrollment", "EventLoop", "Postgres", "Store", "Procedures", "Web", "Words", "Mail",
            "Secrets", logging,
        ],
        path: "Tests/TestSupport", swiftSettings: house),
    tests("PostgresTests", ["TestSupport", "Postgres", "EventLoop"]),
    tests("HTMLTests", ["HTML"]),
    tests("JSONTests", ["JSON"]),
    .target(name: "BookSamples", path: "Tests/BookSamples", swiftSettings: house),
    tests("SpreadsheetTests", ["Spreadsheet", "BookSamples"]),
    tests("CompressionTests", ["Compression"]),
    tests("TemporaryFileTests", ["TemporaryFiles"]),
    tests("MailTests", ["Mail"]),
    tests("SecretsTests", ["Secrets"]),
    tests("CredentialsTests", ["Credentials", "Enrollment", "JSON", "Secrets"]),
    tests("DrawingTests", ["Drawing"]),
    tests("JapaneseTextTests", ["JapaneseText"]),
    tests("EnrollmentTests", ["Enrollment", "JapaneseText", "IdentityPopulation"]),
    tests("WordsTests", ["Words", "Enrollment"]),
    tests(
        "StoreTests",
        ["TestSupport", "Store", "Words", "Postgres", "Enrollment", "EventLoop", "JSON"]),
    tests(
        "ProceduresTests",
        [
            "TestSupport", "BookSamples", "Procedures", "Store", "Postgres", "Enrollment", "Mail",
            "Secrets", "Spreadsheet", "Web", "Words", "Network", logging,
        ]),
    .testTarget(
        name: "WebTests",
        dependencies: [
            "TestSupport", "BookSamples", "Web", "HTTP", "HTML", "Enrollment", "Procedures",
            "Store",
            "Mail", "Postgres", "EventLoop", "Secrets", "Words", "Network", logging,
        ],
        exclude: ["Answers.txt"], swiftSettings: house),
    tests(
        "EnrollTests",
        ["TestSupport", "enroll", "Enrollment", "Procedures", "Spreadsheet", "Store", "Words"]),
    tests("TidyTests", []),
]

/// `ops/sanitize` builds the server alone; all the rest would be made again for each sanitizer.
let isServerOnly = Context.environment["ENROLL_SERVER_ONLY"] != nil

let package = Package(
    name: "PromotionEnrollment",
    dependencies: [
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [linux] + server + serverTests
        + (isServerOnly ? [] : systemLibraries + layers + testTargets)
)
