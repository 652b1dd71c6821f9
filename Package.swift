// swift-tools-version: 6.1
import PackageDescription

// Each target is a room of DESIGN section 3. What a room may import is held to ARCHITECTURE.md's
// table by Tests/ArchitectureTests.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
    _ name: String,
    _ dependencies: [Target.Dependency],
    data: [String] = []
) -> Target {
    .testTarget(
        name: name,
        dependencies: dependencies,
        exclude: data,
        swiftSettings: settings
    )
}

let package = Package(
    name: "goodwork",
    products: [
        .executable(name: "goodwork", targets: ["goodwork"]),
        .executable(name: "goodwork-bench", targets: ["GoodworkBench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        room("Kernel"),
        room("Programmes", ["Kernel", yams]),
        room("Casework", ["Kernel", "Programmes"]),
        room("Measures", ["Kernel", "Programmes", "Casework"]),
        room("SQL", ["Kernel"]),
        room("SQLiteBackend", ["SQL", grdb]),
        .systemLibrary(
            name: "CPostgres",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]
        ),
        room("PostgresBackend", ["SQL", "CPostgres"]),
        room("Store", ["Kernel", "Programmes", "Casework", "SQL", crypto]),
        room(
            "Application",
            ["Kernel", "Programmes", "Casework", "Measures", "SQL", "Store", crypto]
        ),
        room("HTML"),
        room("Web", ["Kernel", "HTML"]),
        room("Server", ["Kernel", "Web", hummingbird, hummingbirdTLS]),
        .systemLibrary(
            name: "CSodium",
            pkgConfig: "libsodium",
            providers: [.apt(["libsodium-dev"])]
        ),
        room("Passwords", ["CSodium"]),
        room("OpenID", ["Kernel", httpClient, jwt]),
        room(
            "Bootstrap",
            [
                "Kernel", "Programmes", "Casework", "Measures", "SQL", "SQLiteBackend",
                "PostgresBackend", "Store", "Application", "Passwords",
            ]
        ),
        .executableTarget(
            name: "goodwork",
            dependencies: ["Bootstrap", argumentParser],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "GoodworkBench",
            dependencies: [
                "Kernel", "Programmes", "Casework", "Measures", "SQL", "SQLiteBackend", "Store",
                "Application", "Bootstrap", grdb,
            ],
            path: "Bench/GoodworkBench",
            swiftSettings: settings
        ),
        room(
            "TestSupport",
            [
                "Kernel", "Programmes", "Casework", "SQL", "SQLiteBackend", "PostgresBackend",
                "Store", "Application", "Passwords",
            ]
        ),
        tests("ArchitectureTests", []),
        tests("DocumentsTests", ["Kernel", "Programmes", "Casework", "Store", "Application"]),
        tests("KernelTests", ["Kernel"]),
        tests(
            "ProgrammesTests",
            ["Kernel", "Programmes"],
            data: [
                "broken-files.txt", "design-example.yaml", "sound-file.yaml",
                "tenth-programme.yaml",
            ]
        ),
        tests("CaseworkTests", ["Kernel", "Programmes", "Casework"]),
        tests("MeasuresTests", ["Kernel", "Programmes", "Casework", "Measures"]),
        tests(
            "StoreTests",
            ["Kernel", "Programmes", "Casework", "SQL", "Store", "TestSupport"]
        ),
        tests(
            "ApplicationTests",
            [
                "Kernel", "Programmes", "Casework", "Measures", "SQL", "Store", "Application",
                "Passwords", "TestSupport",
            ]
        ),
        tests("PasswordsTests", ["Passwords"]),
        tests("CommandLineTests", ["goodwork", "TestSupport"]),
    ]
)
