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
        func list(_ files: [ExportFile], _ type: (ExportFile) -> String) -> [JSONObject] {
            files.map { file in
                var listed = JSONObject()
                listed.put("type", type(file))
                listed.put(
                    "url",
                    "\(address(export, call))/\(file.type).\(file.part).ndjson"
                )
                listed.put("count", file.lines)
                return listed
            }
        }
        let isDeleted = { (file: ExportFile) in file.type.hasPrefix(FHIRRecords.deleted) }
        let isError = { (file: ExportFile) in file.type == FHIRRecords.error }
        let output = files.filter { !isDeleted($0) && !isError($0) }
        manifest.put("output", list(output, \.type))
        if export.since != nil {
            manifest.put("deleted", list(files.filter(isDeleted)) { _ in "Bundle" })
        }
        manifest.put("error", list(files.filter(isError)) { _ in "OperationOutcome" })
        return manifest
    }

    private static func file(_ call: FHIRCall) async throws -> Response {
        let parts = call.call.part("file").split(separator: ".").map(String.init)
        guard parts.count == 3, parts[2] == "ndjson", let part = Int(parts[1]) else {
            throw FHIRFault(404, .notFound, "There is no such file.")
        }
        if parts[0].hasPrefix(FHIRRecords.deleted) {
            try await check(deleted: String(parts[0].dropFirst(FHIRRecords.deleted.count)), call)
        } else if parts[0] != FHIRRecords.error {
            // That something could not be searched is for whoever asked; it tells of nobody.
            try call.needs("r", parts[0])
        }
        let bytes = try await call.goodwork.exportFile(
            call.id,
            parts[0],
            part: part,
            by: call.actor
        )
        return Response(headers: [("Content-Type", "application/fhir+ndjson")], body: bytes)
    }

    /// Whether the token is good for what is said to be no more.
    ///
    /// Ids cannot be held to a search in a scope: that search must have been the export's own.
    private static func check(deleted type: String, _ call: FHIRCall) async throws {
        try call.needs("r", type)
        guard let constraints = call.call.caller?.scopes.constraints(on: type) else { return }
        let export = try await call.goodwork.export(call.id, by: call.actor).export
        let filters = export.filters.filter { $0.hasPrefix(type + "?") }
        let isHeld = filters.allSatisfy { filter in
            constraints.contains { filter.hasSuffix("?" + $0) || filter.hasSuffix("&" + $0) }
        }
        if filters.isEmpty || !isHeld { throw Problem.missing(scope: "system/\(type).r") }
    }
}
