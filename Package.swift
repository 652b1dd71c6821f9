// swift-tools-version: 6.1
import PackageDescription

// Each target is a room of ARCHITECTURE.md. What a room may import is held to the table there by
// Tests/ArchitectureTests.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(
    name: "HummingbirdCore",
    package: "hummingbird"
)
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let unixSignals = Target.Dependency.product(
    name: "UnixSignals",
    package: "swift-service-lifecycle"
)
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdTesting = Target.Dependency.product(
    name: "HummingbirdTesting",
    package: "hummingbird"
)
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")

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
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        room("Kernel"),
        room("Programmes", ["Kernel", yams]),
        room("Casework", ["Kernel", "Programmes"]),
        room("Measures", ["Kernel", "Programmes", "Casework"]),
        room("Funding", ["Kernel", "Programmes", "Casework", "Measures"]),
        room("PrimaryCare", ["Kernel", "Programmes", "Measures"]),
        room("CostBenefit", ["Kernel", "Programmes", "Measures"]),
        room("Directory", ["Kernel", "Programmes", "Casework"]),
        room("FHIRModel", ["Kernel"]),
        room("FHIRMapping", ["Kernel", "Programmes", "Casework", "FHIRModel"]),
        room("SQL", ["Kernel"]),
        .systemLibrary(
            name: "CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"])]
        ),
        room("SQLiteBackend", ["SQL", "CSQLite", grdb]),
        .systemLibrary(
            name: "CPostgres",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]
        ),
        room("PostgresBackend", ["SQL", "CPostgres"]),
        room("Store", ["Kernel", "Programmes", "Casework", "Funding", "SQL", crypto]),
        .systemLibrary(
            name: "CXLSXWriter",
            pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"])]
        ),
        room("Spreadsheets", ["Kernel", "CXLSXWriter"]),
        room(
            "Application",
            [
                "Kernel", "Programmes", "Casework", "Measures", "Funding", "BoardPack",
                "PrimaryCare", "CostBenefit", "Directory", "Spreadsheets", "SQL", "Store", crypto,
                subprocess, system,
            ]
        ),
        room("HTML"),
        room("Charts", ["Kernel", "Measures", "HTML"]),
        room("BoardPack", ["Kernel", "Programmes", "Measures", "Funding", "HTML", "Charts"]),
        room("Web", ["Kernel", "HTML"]),
        room(
            "WebPages",
            [
                "Kernel", "Programmes", "Casework", "Measures", "Funding", "BoardPack",
                "PrimaryCare", "CostBenefit", "Directory", "SQL",
                "Store", "Application", "HTML", "Charts", "Web", crypto,
            ]
        ),
        room(
            "WebAPI",
            [
                "Kernel", "Programmes", "Casework", "Measures", "Funding", "BoardPack",
                "PrimaryCare", "CostBenefit", "Directory", "FHIRModel", "FHIRMapping", "SQL",
                "Store", "Application", "Web", crypto,
            ]
        ),
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]
        ),
        room(
            "Server",
            [
                "Web", "CZlib", hummingbird, hummingbirdCore, hummingbirdTLS, logging, nio,
                nioPosix, nioSSL, unixSignals, httpTypes,
            ]
        ),
        .systemLibrary(
            name: "CSodium",
            pkgConfig: "libsodium",
            providers: [.apt(["libsodium-dev"])]
        ),
        room("Passwords", ["CSodium"]),
        .systemLibrary(
            name: "CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        room("Messengers", ["Kernel", "CCurl", crypto]),
        room("OpenID", ["Kernel", httpClient, nio, nioHTTP, jwt, crypto]),
        .systemLibrary(name: "CMalloc"),
        room(
            "Bootstrap",
            [
                "Kernel", "Programmes", "Casework", "Measures", "Funding", "BoardPack",
                "PrimaryCare", "CostBenefit", "Directory", "SQL", "SQLiteBackend",
                "PostgresBackend", "Store", "Application", "Passwords", "OpenID", "Messengers",
                "HTML", "Web", "WebPages",
                "WebAPI", "Server", "CMalloc",
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
                "Kernel", "Programmes", "Casework", "Measures", "Funding", "PrimaryCare",
                "FHIRModel",
                "SQL", "SQLiteBackend", "Store", "Application", "Bootstrap", "Web", "WebAPI",
                "WebPages", grdb,
            ],
            path: "Bench/GoodworkBench",
            swiftSettings: settings
        ),
        room("TestPrograms", [subprocess, system]),
        room(
            "TestSupport",
            [
                "Kernel", "Programmes", "Casework", "SQL", "SQLiteBackend", "PostgresBackend",
                "Store", "Application", "Web", "WebPages", "Passwords", "TestPrograms",
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
        tests("DirectoryTests", ["Kernel", "Programmes", "Casework", "Directory"]),
        tests(
            "MeasuresTests",
            ["Kernel", "Programmes", "Casework", "Measures", "TestPrograms"],
            data: ["Agreement/agreement.py"]
        ),
        tests(
            "FHIRModelTests",
            ["Kernel", "FHIRModel", "TestPrograms"],
            data: ["Agreement/agreement.py"]
        ),
        tests(
            "FHIRMappingTests",
            ["Kernel", "Programmes", "Casework", "FHIRModel", "FHIRMapping", "TestPrograms"],
            data: ["views.py"]
        ),
        tests("SpreadsheetsTests", ["Kernel", "Spreadsheets", "TestPrograms"]),
        tests("FundingTests", ["Kernel", "Programmes", "Casework", "Measures", "Funding"]),
        tests("PrimaryCareTests", ["Kernel", "Programmes", "Measures", "PrimaryCare"]),
        tests(
            "CostBenefitTests",
            ["Kernel", "Programmes", "CostBenefit", "TestPrograms"],
            data: ["Oracle/oracle.py"]
        ),
        tests("ChartsTests", ["Kernel", "Measures", "HTML", "Charts"], data: ["golden"]),
        tests(
            "BoardPackTests",
            ["Kernel", "Programmes", "Casework", "Measures", "Funding", "HTML", "BoardPack"],
            data: ["broken-packs.txt", "sound-pack.yaml", "golden"]
        ),
        tests(
            "StoreTests",
            ["Kernel", "Programmes", "Casework", "SQL", "Store", "TestSupport"]
        ),
        tests(
            "ApplicationTests",
            [
                "Kernel", "Programmes", "Casework", "Measures", "Funding", "PrimaryCare",
                "CostBenefit", "Directory", "SQL",
                "Store", "Application", "Passwords", "TestSupport", "TestPrograms",
            ]
        ),
        tests(
            "WebPagesTests",
            [
                "Kernel", "Programmes", "Casework", "Measures", "Funding", "PrimaryCare",
                "Directory", "SQL", "Store", "Application", "HTML", "Web", "WebPages",
                "TestSupport",
            ]
        ),
        tests(
            "WebAPITests",
            [
                "Kernel", "Programmes", "Casework", "FHIRModel", "FHIRMapping", "SQL", "Store",
                "Application", "Web", "WebAPI", "Directory", "TestSupport", "goodwork",
            ],
            data: ["check", "hsds-uk"]
        ),
        tests(
            "OpenIDTests",
            [
                "Kernel", "OpenID", hummingbird, hummingbirdTesting, httpClient, nio, nioHTTP, jwt,
                crypto, cryptoExtras,
            ],
            data: ["identity-provider.py"]
        ),
        tests("PasswordsTests", ["Passwords"]),
        tests("MessengersTests", ["Kernel", "Messengers"], data: ["receivers.py"]),
        tests("CommandLineTests", ["goodwork", "TestSupport"]),
        tests(
            "BrowserTests",
            ["Web", "WebPages", "TestSupport", "goodwork"],
            data: ["check"]
        ),
    ]
)
