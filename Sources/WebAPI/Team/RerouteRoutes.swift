import Application
import Casework
import Kernel
import Web

/// Where a case could go instead, and sending it there.
enum RerouteRoutes {
    static let routes: [APIRoute] = [
        .post(
            "/api/v1/cases/:case/reroute",
            "rerouteCase",
            "Close a case as transferred, and refer the person to another programme, in one go",
            tag: "Team",
            .onCase(.manageCase),
            body: .object(.must("programme", .word), .may("strand", .word)),
            status: 201,
            says: "The new case.",
            answer: .named("OpenCase", Problem.openCase)
        ) { try await reroute($0) }
        .changing(version: true),
        .get(
            "/api/v1/cases/:case/places",
            "listPlaces",
            "Where a case could go instead, and what the rules there say of the person",
            tag: "Team",
            .onCase(.manageCase),
            answer: .object(.must("strands", .list(place)), .must("programmes", .list(place)))
        ) { try await places($0) },
    ]

    private static let place = Schema.named(
        "Place",
        .object(
            .must("programme", .word),
            .must("programme_name", .word),
            .may("strand", .word),
            .may("strand_name", .word),
            .may("provider", .text),
            .must("verdict", .choice(Verdict.self)),
            .must("says", .list(.text)),
            .must("missing", .list(.word))
        )
    )

    private static func reroute(_ call: Call) async throws -> Response {
        let header = try await call.goodwork.reroute(
            try call.file().header,
            toProgramme: call.body["programme"]?.string ?? "",
            strand: call.body["strand"]?.string,
            by: call.actor,
            version: call.version,
            key: call.key,
            seed: call.seed
        )
        var object = JSONObject()
        object.put("id", header.id.text)
        object.put("reference", header.reference)
        object.put("programme", header.programme)
        object.put("state", CaseState.referred.rawValue)
        return call.json(object, status: 201)
    }

    private static func places(_ call: Call) async throws -> Response {
        let file = try call.file()
        var object = JSONObject()
        object.put("strands", call.goodwork.otherStrands(of: file).map(\.object))
        object.put(
            "programmes",
            try await call.goodwork.otherProgrammes(for: file).map(\.object)
        )
        return call.json(object)
    }
}

extension ReroutePlace {
    fileprivate var object: JSONObject {
        var object = JSONObject()
        object.put("programme", programme)
        object.put("programme_name", programmeName)
        object.put("strand", strand)
        object.put("strand_name", strandName)
        object.put("provider", provider)
        object.put("verdict", verdict.rawValue)
        object.put("says", says)
        object.put("missing", missing)
        return object
    }
}
