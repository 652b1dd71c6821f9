import Application
import FHIRMapping
import FHIRModel
import Kernel
import Programmes
import Store
import Web

/// Records in bulk (Bulk Data Access 2.0): begun here, written by a job, taken away as files.
enum BulkRoutes {
    static let routes: [FHIRRoute] =
        [Request.Method.get, .post].flatMap { method in
            [
                start(method, "/$export", nil, .system),
                start(method, "/Patient/$export", "Patient", .patient),
                start(method, "/Group/:id/$export", "Group", .group),
            ]
        } + [
            FHIRRoute(.get, "/bulk/:id", deed, .client) { try await status($0) },
            FHIRRoute(.delete, "/bulk/:id", deed, .client) { call in
                try await call.goodwork.deleteExport(call.id, by: call.actor)
                return Response(status: 202)
            },
            FHIRRoute(.get, "/bulk/:id/:file", deed, .client, givesLines: true) {
                try await file($0)
            },
        ]

    private static let deed = FHIRRoute.Deed.operation("export", of: nil)

    private static func start(
        _ method: Request.Method,
        _ pattern: String,
        _ type: String?,
        _ level: RecordExport.Level
    ) -> FHIRRoute {
        FHIRRoute(
            method,
            pattern,
            .operation("export", of: type),
            .action([.exportRecords])
        ) { try await start($0, level) }
    }

    // MARK: - Handling

    private static func start(
        _ call: FHIRCall,
        _ level: RecordExport.Level
    ) async throws -> Response {
        let request = try BulkRequest(call, level)
        let programme = level == .group ? try await GroupSource.programme(call).id : nil
        try await request.checkPatients(call)
        let query = call.request.query
        let asked = call.request.path + (query.isEmpty ? "" : "?" + URLEncoding.encode(query))
        let export: RecordExport
        do {
            var new = NewExport(
                level: level,
                programme: programme,
                types: request.types,
                since: request.since,
                request: call.call.api.settings.address + asked
            )
            new.filters = request.filters.map(\.text)
            new.patients = request.patients
            export = try await call.goodwork.startExport(new, by: call.actor)
        } catch let error as ServiceError where error.code == "too-many-exports" {
            var fault = FHIRFault(429, .throttled, error.message)
            fault.headers = [("Retry-After", "60")]
            throw fault
        }
        return Response(status: 202, headers: [("Content-Location", address(export, call))])
    }

    private static func address(_ export: RecordExport, _ call: FHIRCall) -> String {
        "\(call.address)/bulk/\(export.id)"
    }

    private static func status(_ call: FHIRCall) async throws -> Response {
        let (export, files) = try await call.goodwork.export(call.id, by: call.actor)
        switch export.state {
        case .failed:
            let says = "The export was given up. Begin it again; tell the operator \(export.id)."
            throw FHIRFault(500, .exception, says)
        case .running:
            let total = export.total ?? 0
            let progress =
                total == 0 ? "it begins" : "\(min(export.done, total)) of \(total) people"
            let isYoung = call.now.milliseconds - export.knownAt.milliseconds < 30_000
            return Response(
                status: 202,
                headers: [("X-Progress", progress), ("Retry-After", isYoung ? "1" : "10")]
            )
        case .done:
            var headers = [(name: "Content-Type", value: "application/json")]
            if let end = export.forgottenAt { headers.append(("Expires", HTTPDate.text(end))) }
            let manifest = manifest(export, files, call)
            return Response(
                headers: headers,
                body: Array(JSONValue.object(manifest).text.utf8)
            )
        }
    }

    private static func manifest(
        _ export: RecordExport,
        _ files: [ExportFile],
        _ call: FHIRCall
    ) -> JSONObject {
        var manifest = JSONObject()
        manifest.put("transactionTime", export.knownAt)
        manifest.put("request", export.request)
        manifest.put("requiresAccessToken", true)
        manifest.put(
            "output",
            files.map { file in
                var output = JSONObject()
                output.put("type", file.type)
                output.put(
                    "url",
                    "\(address(export, call))/\(file.type).\(file.part).ndjson"
                )
                output.put("count", file.lines)
                return output
            }
        )
        manifest.put("error", [JSONObject]())
        return manifest
    }

    private static func file(_ call: FHIRCall) async throws -> Response {
        let parts = call.call.part("file").split(separator: ".").map(String.init)
        guard parts.count == 3, parts[2] == "ndjson", let part = Int(parts[1]) else {
            throw FHIRFault(404, .notFound, "There is no such file.")
        }
        try call.needs("r", parts[0])
        let bytes = try await call.goodwork.exportFile(
            call.id,
            parts[0],
            part: part,
            by: call.actor
        )
        return Response(headers: [("Content-Type", "application/fhir+ndjson")], body: bytes)
    }
}
