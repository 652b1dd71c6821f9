import Application
import Casework
import Kernel
import Store
import Web

/// Finding, comparing and joining people; copies of a record, and erasing one.
///
/// Each look at who somebody is needs a reason, which is kept sealed in the access log.
enum PeopleRoutes {
    static let routes: [APIRoute] = [
        .post(
            "/api/v1/people/search",
            "findPeople",
            "Find people by NHS number, or by the birth date with both names or the postcode",
            tag: "Governance",
            .action(.mergePeople),
            scope: ClientScope.read,
            body: .object(
                .may("nhs_number", .text(10...12)),
                .may("given_name", .text(1...200)),
                .may("family_name", .text(1...200)),
                .may("postcode", .text(5...10)),
                .may("birth_date", .date),
                .must("reason", reason)
            ),
            answer: .object(.must("items", .list(person)))
        ) { try await find($0) },
        .post(
            "/api/v1/people/compare",
            "comparePeople",
            "Two people side by side",
            tag: "Governance",
            .action(.mergePeople),
            scope: ClientScope.read,
            body: .object(.must("one", .id), .must("other", .id), .must("reason", reason)),
            answer: .object(
                .must("one", person),
                .must("other", person),
                .may("apart", .word.saying("The id of what says that they are two people."))
            )
        ) { call in
            let (one, other) = try pair(call)
            let found = try await call.goodwork.compare(
                one,
                other,
                reason: call.body["reason"]?.string ?? "",
                by: call.actor
            )
            var object = JSONObject()
            object.put("one", found.one.object)
            object.put("other", found.other.object)
            object.put("apart", found.apart?.id)
            return call.json(object)
        }
        .mayAnswer(404),
        .post(
            "/api/v1/people/merges",
            "mergePeople",
            "Join two records that are of one person; nothing of either is moved",
            tag: "Governance",
            .action(.mergePeople),
            body: .object(.must("one", .id), .must("other", .id), .must("reason", reason)),
            status: 201,
            says: "They are one person from now on.",
            answer: .object(.must("id", .word), .must("kept", .id))
        ) { call in
            let (one, other) = try pair(call)
            let link = try await call.goodwork.merge(
                one,
                into: other,
                reason: call.body["reason"]?.string ?? "",
                by: call.actor,
                seed: call.seed
            )
            var object = JSONObject()
            object.put("id", link.id)
            object.put("kept", link.other.text)
            return call.json(object, status: 201)
        }
        .mayAnswer(404),
        .post(
            "/api/v1/people/merges/:merge/undo",
            "undoMerge",
            "Part two records that were joined",
            tag: "Governance",
            .action(.mergePeople),
            body: .object(.must("reason", reason)),
            status: 204,
            answer: nil
        ) { call in
            try await call.goodwork.unmerge(
                call.part("merge"),
                reason: call.body["reason"]?.string ?? "",
                by: call.actor
            )
            return .done
        },
        .get(
            "/api/v1/people/copies",
            "listCopiesAsked",
            "Copies that people asked for and have not been given, the oldest first",
            tag: "Governance",
            .action(.readAccessLog),
            answer: .object(
                .must(
                    "items",
                    .list(
                        .object(
                            .must("id", .word),
                            .must("asked_at", .moment),
                            .must("due_on", .date),
                            .must("references", .list(.word).saying("Of cases of theirs."))
                        )
                    )
                )
            )
        ) { call in
            let asked = try await call.goodwork.copiesAsked(by: call.actor)
            var object = JSONObject()
            object.put(
                "items",
                asked.map { asked, references in
                    var object = JSONObject()
                    object.put("id", asked.id)
                    object.put("asked_at", asked.askedAt)
                    object.put("due_on", asked.dueOn)
                    object.put("references", references)
                    return object
                }
            )
            return call.json(object)
        },
        .post(
            "/api/v1/people/copies/:copy/given",
            "answerCopy",
            "Keep that a copy was given",
            tag: "Governance",
            .action(.readAccessLog),
            body: .object(),
            status: 204,
            answer: nil
        ) { call in
            try await call.goodwork.answerCopy(call.part("copy"), by: call.actor)
            return .done
        },
        .post(
            "/api/v1/people/copies",
            "copyRecord",
            "Everything held on the person of a case, with who looked at it",
            tag: "Governance",
            .action(.readAccessLog),
            scope: ClientScope.read,
            body: ofCase,
            answer: Schema.named("PersonCopy", .map(.any))
                .saying("docs/governance.md describes it.")
        ) { call in
            let header = try await header(call)
            let copy = try await call.goodwork.copy(
                personOf: header,
                reason: call.body["reason"]?.string ?? "",
                by: call.actor
            )
            return call.json(try JSONValue(parsing: copy.json).object ?? JSONObject())
        }
        .mayAnswer(404),
        .post(
            "/api/v1/people/erasures",
            "erasePerson",
            "Erase the person of a case for good, in every record and copy",
            tag: "Governance",
            .action(.readAccessLog),
            body: ofCase,
            says: "The cases that were theirs.",
            answer: .object(.must("cases", .list(.word)), .must("was_there", .truth))
        ) { call in
            let header = try await header(call)
            let erased = try await call.goodwork.erase(
                personOf: header,
                reason: call.body["reason"]?.string ?? "",
                by: call.actor
            )
            var object = JSONObject()
            object.put("cases", erased.cases.map(\.reference))
            object.put("was_there", erased.erased)
            return call.json(object)
        }
        .mayAnswer(404),
    ]

    private static let reason = Schema.text(1...500, "Kept sealed. Do not name the person in it.")
    private static let ofCase = Schema.object(
        .must("reference", .word.saying("Of a case of theirs, or its id.")),
        .may("programme", .word),
        .must("reason", reason)
    )
    private static let person = Schema.named(
        "Person",
        .object(
            .must("id", .id),
            .must("has_account", .truth),
            .must(
                "records",
                .list(
                    .object(
                        .must("id", .id),
                        .may("identity", .map(.text)),
                        .must("is_erased", .truth),
                        .must("cases", .list(.named("OpenCase", Problem.openCase)))
                    )
                )
            )
        )
    )

    /// The two whom a body names.
    static func pair(_ call: Call) throws -> (PersonID, PersonID) {
        let ids = ["one", "other"].compactMap { name in
            call.body[name]?.string.flatMap { PersonID($0) }
        }
        guard ids.count == 2, ids[0] != ids[1] else {
            throw Problem.faults(
                [Fault(field: "/other", problem: "is the same as the one")],
                in: call.request.body
            )
        }
        return (ids[0], ids[1])
    }

    private static func header(_ call: Call) async throws -> CaseHeader {
        try await call.goodwork.header(
            reference: call.body["reference"]?.string ?? "",
            programme: call.body["programme"]?.string
        )
    }

    private static func find(_ call: Call) async throws -> Response {
        var (identity, faults) = (Identity(), [Fault]())
        if let text = call.body["nhs_number"]?.string {
            identity.nhsNumber = NHSNumber(text)?.digits
            if let problem = NHSNumber.problem(with: text) {
                faults.append(Fault(field: "/nhs_number", problem: problem))
            }
        }
        identity.givenName = call.body["given_name"]?.string
        identity.familyName = call.body["family_name"]?.string
        identity.birthDate = call.body["birth_date"]?.string
        if let text = call.body["postcode"]?.string {
            identity.postcode = Postcode(text)?.text
            if identity.postcode == nil {
                let says = "is no whole postcode"
                faults.append(Fault(field: "/postcode", problem: says, expected: "such as M20 2LS"))
            }
        }
        if !identity.canBeLookedUp, faults.isEmpty {
            let says = "give the NHS number, or the birth date with both names or the postcode"
            faults.append(Fault(field: "", problem: says))
        }
        guard faults.isEmpty else { throw Problem.faults(faults, in: call.request.body) }
        let found = try await call.goodwork.find(
            identity,
            reason: call.body["reason"]?.string ?? "",
            by: call.actor
        )
        var object = JSONObject()
        object.put("items", found.map(\.object))
        return call.json(object)
    }
}

extension FoundPerson {
    fileprivate var object: JSONObject {
        var object = JSONObject()
        object.put("id", id.text)
        object.put("has_account", hasAccount)
        object.put(
            "records",
            records.map { record in
                var object = JSONObject()
                object.put("id", record.id.text)
                let identity = record.identity?.encoded()
                object.put(
                    "identity",
                    identity.flatMap { (try? JSONValue(parsing: $0))?.object }
                )
                object.put("is_erased", record.isErased)
                object.put("cases", record.cases.map(\.openCase))
                return object
            }
        )
        return object
    }
}
