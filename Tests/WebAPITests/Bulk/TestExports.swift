import Application
import FHIRModel
import Kernel
import Store
import Synchronization
import TestSupport
import Testing
import Web
import WebAPI

/// What an export left, read as a client reads it.
struct TakenAway {
    var manifest: JSONValue
    /// The resources by type, each held to the tables of FHIR.
    var resources: [String: [JSONValue]] = [:]
    /// What is no more, each as `Task/0123`.
    var deleted: [String] = []
    /// The faults that are told.
    var errors: [JSONValue] = []

    var all: [JSONValue] { resources.values.flatMap(\.self) }
    var ids: [String: Set<String>] {
        resources.mapValues { Set($0.compactMap { $0["id"]?.string }) }
    }
    var count: Int { all.count }
}

extension TestClient {
    static let asynchronous = ["prefer": "respond-async", "accept": "application/fhir+json"]

    /// Begins an export.
    ///
    /// - Returns: where it stands.
    func start(_ path: String) async throws -> String {
        let answer = await get("/fhir/R4/\(path)", headers: Self.asynchronous)
        #expect(answer.status == 202, "\(path): \(answer.json.text)")
        let place = try #require(answer.response["Content-Location"])
        return String(place.dropFirst("http://127.0.0.1:8080".count))
    }

    /// Begins an export, has it done, and takes its files away.
    func takeAway(_ path: String) async throws -> TakenAway {
        let place = try await start(path)
        let installation = test.installation
        while try await installation.goodwork.runExport(FHIRRecords(installation.goodwork)) {}
        return try await take(place)
    }

    func take(_ place: String) async throws -> TakenAway {
        let manifest = await get(place)
        #expect(manifest.status == 200, "\(manifest.json.text)")
        var taken = TakenAway(manifest: manifest.json)
        for output in manifest["output"]?.array ?? [] {
            let type = output["type"]?.string ?? ""
            taken.resources[type, default: []] += try await lines(output)
        }
        for listed in manifest["error"]?.array ?? [] { taken.errors += try await lines(listed) }
        for listed in manifest["deleted"]?.array ?? [] {
            #expect(listed["type"]?.string == "Bundle")
            for bundle in try await lines(listed) {
                #expect(bundle["type"]?.string == "transaction")
                for request in (bundle["entry"]?.array ?? []).map({ $0["request"] }) {
                    #expect(request?["method"]?.string == "DELETE")
                    taken.deleted.append(request?["url"]?.string ?? "")
                }
            }
        }
        return taken
    }

    /// The lines of a file that is listed, each a resource of its type.
    private func lines(_ listed: JSONValue) async throws -> [JSONValue] {
        let url = listed["url"]?.string ?? ""
        let file = await get(
            String(url.dropFirst("http://127.0.0.1:8080".count)),
            headers: ["accept": "application/fhir+ndjson"]
        )
        #expect(file.status == 200)
        #expect(file.response["Content-Type"] == "application/fhir+ndjson")
        let lines = file.response.body.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == listed["count"]?.int)
        return try lines.map { line in
            let resource = try FHIRResource(parsing: Array(line))
            #expect(resource.type == listed["type"]?.string)
            return try JSONValue(parsing: Array(line))
        }
    }
}

/// Writes as FHIR does, lets time pass, and fails after so many people.
final class FailingRecords: RecordWriter {
    struct PowerCut: Error {}

    private let writer: FHIRRecords
    private let clock: TestClock
    private let left: Mutex<Int>

    init(_ installation: TestInstallation, after people: Int) {
        writer = FHIRRecords(installation.goodwork)
        clock = installation.clock
        left = Mutex(people)
    }

    func directory(_ export: RecordExport, isCloaked: Bool) async throws -> [ExportLine] {
        try await writer.directory(export, isCloaked: isCloaked)
    }

    func lines(
        of person: ExportedPerson,
        _ export: RecordExport,
        names: [String: String]
    ) throws -> [ExportLine] {
        clock.advance(milliseconds: 500)
        let isOver = left.withLock { left in
            left -= 1
            return left < 0
        }
        if isOver { throw PowerCut() }
        return try writer.lines(of: person, export, names: names)
    }
}
