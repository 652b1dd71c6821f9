import Application
import Casework
import Kernel
import Store
import Web

/// What a provider's manager needs: who waits, who holds what, what is missing, and moving cases.
enum TeamRoutes {
    static let routes: [APIRoute] =
        [
            .get(
                "/api/v1/team",
                "readTeam",
                "What needs a manager, and what each coach holds",
                tag: "Team",
                .action(.listQueue),
                answer: team
            ) { try await show($0) },
            .get(
                "/api/v1/team/waiting",
                "listWaiting",
                "Who waits, in the order in which they are to be seen",
                tag: "Team",
                .action(.listQueue),
                [
                    APIRoute.Parameter(
                        "to_accept",
                        .truth.saying("Only referrals that nobody has accepted.")
                    )
                ] + APIRoute.Parameter.pages,
                answer: .page(waiting)
            ) { try await listWaiting($0) },
            .get(
                "/api/v1/team/gaps",
                "listGaps",
                "What the records of open cases lack",
                tag: "Team",
                .action(.listQueue),
                APIRoute.Parameter.pages,
                answer: .page(gap)
            ) { try await listGaps($0) },
            .post(
                "/api/v1/team/assignments",
                "assignCases",
                "Give cases to a coach, each on the version that was seen",
                tag: "Team",
                .action(.listQueue),
                body: .object(
                    .must("coach", .id),
                    .must(
                        "cases",
                        .list(.object(.must("id", .id), .must("version", .count)), max: 500)
                    )
                ),
                says: "Those that were assigned, and why others were not.",
                answer: assigned
            ) { try await assign($0) }
            .changing(),
        ] + RerouteRoutes.routes

    private static let load = Schema.object(
        .may("coach", .text.saying("None for the cases that nobody holds.")),
        .may("name", .text),
        .may("capacity", .count),
        .must("open", .count),
        .must("overdue", .count),
        .must("soon", .count.saying("Due today and on the six days after it."))
    )
    private static let team = Schema.named(
        "Team",
        .object(
            .must("organisation", .word),
            .must("to_accept", .count),
            .must(
                "without_coach",
                .count.saying(
                    "Accepted, and held by nobody, or by an account that is no coach of the "
                        + "organisation. Whom a list names without an account holds the case."
                )
            ),
            .must("overdue", .count),
            .must("transfers_to_answer", .list(CaseRowJSON.schema)),
            .must("at_risk", .count),
            .must("waiting", .count),
            .must("load", .list(load))
        )
    )
    private static let waiting = Schema.named(
        "Waiting",
        .object(
            .must("case", CaseRowJSON.schema),
            .must("verdict", .choice(Verdict.self)),
            .must("says", .list(.text)),
            .must("missing", .list(.word)),
            .must("days_waiting", .whole(-100_000...100_000)),
            .may("due_on", .date),
            .may("priority", .object(.must("rank", .count), .must("says", .text))),
            .must("twins", .list(.named("OpenCase", Problem.openCase)))
        )
    )
    private static let gap = Schema.named(
        "Gap",
        .object(.must("case", CaseRowJSON.schema), .must("gaps", .list(.choice(RecordGap.self))))
    )
    private static let assigned = Schema.named(
        "Assigned",
        .object(
            .must("assigned", .list(.id)),
            .must(
                "failed",
                .list(
                    .object(.must("id", .id), .may("reference", .word), .must("why", .text))
                )
            )
        )
    )
    // MARK: - Reading

    private static func show(_ call: Call) async throws -> Response {
        let team = try await call.goodwork.team(by: call.actor)
        let coaches = try await call.goodwork.coaches(by: call.actor)
        let asked = try await call.goodwork.named(team.toAnswer, by: call.actor)
        var object = JSONObject()
        object.put("organisation", team.organisation)
        object.put("to_accept", team.toAccept.count)
        object.put("without_coach", team.withoutCoach(coaches).count)
        object.put("overdue", team.overdue.count)
        object.put("transfers_to_answer", asked.map(CaseRowJSON.object))
        object.put("at_risk", team.atRisk.count)
        object.put("waiting", team.waiting.count)
        object.put(
            "load",
            team.load(coaches).map { load in
                var object = JSONObject()
                object.put("coach", load.coach)
                object.put("name", load.member?.name)
                object.put("capacity", load.member?.capacity)
                object.put("open", load.open)
                object.put("overdue", load.overdue)
                object.put("soon", load.soon)
                return object
            }
        )
        return call.json(object)
    }

    private static func listWaiting(_ call: Call) async throws -> Response {
        let team = try await call.goodwork.team(by: call.actor)
        let list = try await call.goodwork.waitingList(
            of: team,
            isToAccept: call.query("to_accept") == "true",
            by: call.actor
        )
        let page = Page(list, call) { $0.row.header.id.text }
        let named = try await call.goodwork.named(page.items.map(\.row), by: call.actor)
        let shown = Page(
            Array(zip(page.items, named)),
            total: page.total,
            next: page.next
        )
        return call.json(
            shown.object { waiting, listed in
                var object = JSONObject()
                object.put("case", CaseRowJSON.object(listed))
                object.put("verdict", waiting.verdict.rawValue)
                object.put("says", waiting.says)
                object.put("missing", waiting.missing)
                object.put("days_waiting", waiting.daysWaiting)
                object.put("due_on", waiting.clock?.dueOn)
                object.put(
                    "priority",
                    waiting.priority.map { priority in
                        var object = JSONObject()
                        object.put("rank", priority.rank)
                        object.put("says", priority.says)
                        return object
                    }
                )
                object.put("twins", waiting.twins.map(\.openCase))
                return object
            }
        )
    }

    private static func listGaps(_ call: Call) async throws -> Response {
        let team = try await call.goodwork.team(by: call.actor)
        let rows = try await call.goodwork.gaps(of: team)
        let page = Page(rows, call) { $0.row.header.id.text }
        return call.json(
            page.object { gap in
                var object = JSONObject()
                object.put("case", CaseRowJSON.object(gap.row))
                object.put("gaps", gap.gaps.map(\.rawValue))
                return object
            }
        )
    }

    // MARK: - Moving

    private static func assign(_ call: Call) async throws -> Response {
        let coach = call.body["coach"]?.string ?? ""
        let coaches = try await call.goodwork.coaches(by: call.actor)
        guard coaches.contains(where: { $0.id == coach }) else {
            throw Problem.faults(
                [Fault(field: "/coach", problem: "is no coach of your organisation")],
                in: call.request.body
            )
        }
        let cases = (call.body["cases"]?.array ?? []).compactMap { value -> TickedCase? in
            guard let id = value["id"]?.string.flatMap({ CaseID($0) }),
                let version = value["version"]?.int
            else { return nil }
            return TickedCase(id: id, version: version)
        }
        let answer = try await call.goodwork.assign(
            cases,
            to: coach,
            by: call.actor,
            key: call.key,
            seed: call.seed
        )
        var object = JSONObject()
        object.put("assigned", answer.assigned.map(\.text))
        object.put(
            "failed",
            answer.failed.map { failure in
                var object = JSONObject()
                object.put("id", failure.id.text)
                object.put("reference", failure.reference)
                object.put("why", failure.why)
                return object
            }
        )
        return call.json(object)
    }
}
