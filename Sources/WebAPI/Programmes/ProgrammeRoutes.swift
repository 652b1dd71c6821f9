import Application
import Kernel
import Programmes
import Web

/// Programme files: what is here, checking one, keeping it, its effect, and bringing it into use.
enum ProgrammeRoutes {
    static let routes: [APIRoute] = [
        .get(
            "/api/v1/programmes",
            "listProgrammes",
            "Every programme, with the versions of it that are here",
            tag: "Programmes",
            .action(.manageProgrammes),
            answer: .object(.must("items", .list(overview)))
        ) { call in
            var object = JSONObject()
            object.put(
                "items",
                try await call.goodwork.programmes(by: call.actor).map(\.object)
            )
            return call.json(object)
        },
        .post(
            "/api/v1/programmes",
            "uploadProgramme",
            "Check a programme file and keep it; nothing uses it until it is activated",
            tag: "Programmes",
            .action(.manageProgrammes),
            body: .object(.must("text", .text(1...Goodwork.programmeBytesMax, "YAML."))),
            status: 201,
            says: "It has no faults, and is kept.",
            answer: kept
        ) { call in
            let text = call.body["text"]?.string ?? ""
            let programme = try await call.goodwork.upload(programme: text, by: call.actor)
            var object = JSONObject()
            object.put("id", programme.id)
            object.put("version", programme.version)
            object.put("name", programme.name)
            return call.json(object, status: 201)
        },
        .get(
            "/api/v1/programmes/:programme/versions/:version",
            "readProgramme",
            "One version of a programme, with its text",
            tag: "Programmes",
            .action(.manageProgrammes),
            answer: version
        ) { call in
            let (id, number) = try named(call)
            let found = try await call.goodwork.programmeVersion(id, number, by: call.actor)
            var object = JSONObject()
            object.put("id", found.programme.id)
            object.put("version", found.programme.version)
            object.put("name", found.programme.name)
            object.put("is_current", found.isCurrent)
            object.put("may_activate", found.mayActivate)
            object.put("text", found.text)
            return call.json(object)
        },
        .get(
            "/api/v1/programmes/:programme/versions/:version/effect",
            "readProgrammeEffect",
            "What a kept version would make of the programme's open cases",
            tag: "Programmes",
            .action(.manageProgrammes),
            answer: effect
        ) { call in
            let (id, number) = try named(call)
            _ = try await call.goodwork.programmeVersion(id, number, by: call.actor)
            let effect = try await call.goodwork.effect(of: id, version: number, by: call.actor)
            return call.json(effect.object)
        },
        .post(
            "/api/v1/programmes/:programme/versions/:version/activate",
            "activateProgramme",
            "Decide new cases under a kept version from now on",
            tag: "Programmes",
            .action(.manageProgrammes),
            body: .object(),
            status: 204,
            answer: nil
        ) { call in
            let (id, number) = try named(call)
            try await call.goodwork.activate(id, version: number, by: call.actor)
            return .done
        },
    ]

    private static func named(_ call: Call) throws -> (String, Int) {
        guard let version = Int(call.part("version")) else {
            throw ServiceError(.notFound, "There is no such version.")
        }
        return (call.part("programme"), version)
    }

    private static let number = Schema.whole(0...Int(Int32.max))
    private static let overview = Schema.named(
        "Programme",
        .object(
            .must("id", .word),
            .must("name", .word),
            .may("current", number),
            .may("fault", .text(0...100_000)),
            .must(
                "versions",
                .list(
                    .object(
                        .must("version", number),
                        .must("cases", .count),
                        .must("is_file", .truth)
                    )
                )
            )
        )
    )
    private static let kept = Schema.object(
        .must("id", .word),
        .must("version", number),
        .must("name", .word)
    )
    private static let version = Schema.named(
        "ProgrammeVersion",
        .object(
            .must("id", .word),
            .must("version", number),
            .must("name", .word),
            .must("is_current", .truth),
            .must("may_activate", .truth),
            .must("text", .text(0...Goodwork.programmeBytesMax))
        )
    )
    private static let change = Schema.object(
        .must("says", .text),
        .must("references", .list(.word))
    )
    private static let effect = Schema.named(
        "ProgrammeEffect",
        .object(
            .must("open_cases", .count),
            .must("verdicts", .list(change)),
            .must("due_days", .list(change)),
            .must("refusals", .list(change)),
            .must("unknown_organisations", .list(.word)),
            .may("retention_years", .object(.must("was", number), .must("becomes", number)))
        )
    )
}

extension ProgrammeOverview {
    fileprivate var object: JSONObject {
        var object = JSONObject()
        object.put("id", id)
        object.put("name", name)
        object.put("current", current)
        object.put("fault", fault)
        object.put(
            "versions",
            versions.map { version in
                var object = JSONObject()
                object.put("version", version.version)
                object.put("cases", version.cases)
                object.put("is_file", version.isFile)
                return object
            }
        )
        return object
    }
}

extension ProgrammeEffect {
    fileprivate var object: JSONObject {
        func list(_ changes: [Change]) -> [JSONObject] {
            changes.map { change in
                var object = JSONObject()
                object.put("says", change.says)
                object.put("references", change.references)
                return object
            }
        }
        var object = JSONObject()
        object.put("open_cases", openCases)
        object.put("verdicts", list(verdicts))
        object.put("due_days", list(dueDays))
        object.put("refusals", list(refusals))
        object.put("unknown_organisations", unknownOrganisations)
        if let retention {
            var years = JSONObject()
            years.put("was", retention.was)
            years.put("becomes", retention.becomes)
            object.put("retention_years", years)
        }
        return object
    }
}
