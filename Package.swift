// swift-tools-version: 6.2
import PackageDescription

// Every target of ours is built alike. `scripts/check` and CI set CONCLAVE_STRICT, which turns warnings into errors; a
// user with a newer compiler, and so with newer warnings, still gets a build.
let strict = Context.environment["CONCLAVE_STRICT"] == "1"

let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableExperimentalFeature("Lifetimes"),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioLocks: Target.Dependency = .product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let histogram: Target.Dependency = .product(name: "Histogram", package: "hdrhistogram-swift")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

/// A target of the map in README.md. Its dependencies are the lower rows that the map allows it, and nothing else.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func executable(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["TestKit"], swiftSettings: settings)
}

let package = Package(
    name: "conclave",
    products: [
        .library(name: "ChatClient", targets: ["ChatClient", "ChatWire", "ChatCore", "TLS"]),
        .executable(name: "conclaved", targets: ["conclaved"]),
        .executable(name: "conclave", targets: ["conclave"]),
        .executable(name: "conclave-bench", targets: ["conclave-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-collections.git", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift.git", from: "0.2.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    ],
    targets: [
        // row 0: the headers of Debian's libssl, and the little C that Swift cannot say
        .target(
            name: "COpenSSL",
            path: "COpenSSL",
            publicHeadersPath: "include",
            linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]
        ),

        // epoll(7), which Swift's Glibc leaves out
        .target(name: "CEpoll"),

        // what the kernel says of a TCP connection, of which Swift's Glibc knows the older half
        .target(name: "CTCPInfo"),

        // what a signal handler may do to give a terminal back, which must be async-signal-safe
        .target(name: "CTerminal"),

        // row 1
        module("TLS", ["COpenSSL"]),
        module("ChatCore", [deque]),
        module("CommandKit", [arguments]),

        // row 2
        module("TLSNIO", ["TLS", nioCore, nioTLS]),
        module("ChatWire", ["ChatCore"]),

        // row 3
        module(
            "ChatServer",
            [
                "CTCPInfo", "ChatCore", "ChatWire", "TLS", "TLSNIO", nioCore, nioLocks, nioPosix, nioTLS, logging,
                lifecycle,
            ]
        ),
        module("ChatStore", ["ChatCore", "ChatWire", deque, grdb, sqlite]),
        module(
            "ChatClient",
            ["ChatCore", "ChatWire", "TLS", "TLSNIO", deque, nioCore, nioLocks, nioPosix, nioTLS]
        ),
        // a terminal without a network: it may be used, and tested, alone
        module("ChatTerminal", ["CTerminal", "ChatCore", deque]),

        // row 4
        executable(
            "conclaved",
            [
                "ChatServer", "ChatStore", "ChatCore", "ChatWire", "CommandKit", "TLS", arguments, logging, lifecycle,
                signals,
            ]
        ),
        executable(
            "conclave-bench",
            ["CEpoll", "ChatServer", "ChatCore", "CommandKit", "TLS", arguments, histogram, logging]
        ),
        executable(
            "conclave",
            ["ChatClient", "ChatTerminal", "ChatCore", "ChatWire", "CommandKit", "TLS", arguments, yams]
        ),

        // examples, which tests run
        .executableTarget(
            name: "dice-bot",
            dependencies: ["ChatClient", "ChatCore", "ChatWire", "TLS"],
            path: "Tests/Bots/DiceBot",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "terminal-demo",
            dependencies: ["ChatTerminal"],
            path: "Tests/Bots/TerminalDemo",
            swiftSettings: settings
        ),

        // for tests only
        module(
            "TestKit",
            [
                "COpenSSL", "TLS", "TLSNIO", "ChatCore", "ChatWire", "ChatServer", nioCore, nioLocks, nioEmbedded,
                nioPosix, nioTLS,
                logging, deque,
            ]
        ),
        tests("TLSTests", ["TLS"]),
        tests("TLSNIOTests", ["TLSNIO", "TLS", nioCore, nioEmbedded, nioTLS]),
        tests("ChatCoreTests", ["ChatCore"]),
        tests("CommandKitTests", ["CommandKit"]),
        tests("ChatWireTests", ["ChatWire", "ChatCore", nioCore]),
        tests("ChatStoreTests", ["ChatStore", "ChatCore", grdb]),
        tests(
            "ChatServerTests",
            ["ChatServer", "ChatCore", "ChatWire", "TLS", "TLSNIO", nioCore, nioEmbedded, nioPosix, logging]
        ),
        tests(
            "ChatClientTests",
            [
                "ChatClient", "ChatCore", "ChatServer", "ChatWire", "TLS", "TLSNIO", nioCore, nioEmbedded, nioPosix,
                nioTLS,
            ]
        ),
        tests("ChatTerminalTests", ["ChatTerminal"]),
        tests("ConclaveTests", ["conclave", "ChatClient", "ChatTerminal", "ChatCore", arguments]),
        tests("ConclaveBenchTests", ["conclave-bench", "ChatServer", "TLS", arguments]),
        tests("EndToEndTests", ["TLS", "ChatWire", nioLocks]),
    ]
)
