import Application
import Kernel
import PrimaryCare
import Web

/// Practices' records: figures, who might be offered support, and what to write back.
enum PracticeRoutes {
    private static let path = "/api/v1/practices"

    static let routes: [APIRoute] = [
        .get(
            path,
            "comparePractices",
            "All practices beside each other, small counts kept back",
            tag: "Practices",
            .action(.comparePractices),
            asked,
            answer: figures
        ) { call in
            let report = try await call.goodwork.comparePractices(question(call), by: call.actor)
            return try call.json(ReportSchema.object(report.json))
        }
        .mayAnswer(409, 422),
        .get(
            path + "/:practice",
            "readPractice",
            "A practice's own figures, for those who work there",
            tag: "Practices",
            .action(.readPractice),
            asked,
            answer: figures
        ) { call in
            let found = try await call.goodwork.practiceFigures(
                call.part("practice"),
                question(call),
                by: call.actor
            )
            return try call.json(ReportSchema.object(PracticeReport(found).json))
        },
        .get(
            path + "/:practice/worklist",
            "readPracticeWorklist",
            "Who of one's own patients might be offered support, and why",
            tag: "Practices",
            .action(.listPatients),
            [APIRoute.Parameter("on", .date)],
            answer: worklist
        ) { try await worklist($0) },
        .post(
            path + "/:practice/return",
            "makePracticeReturn",
            "What to write in records: statuses learnt here, of people who agreed; it is remembered",
            tag: "Practices",
            .action(.listPatients),
            body: .object(),
            answer: returned
        ) { call in
            let made = try await call.goodwork.makeReturn(call.part("practice"), by: call.actor)
            return call.json(object(made))
        },
        .get(
            path + "/:practice/return",
            "auditPracticeReturn",
            "What was to be written, and whether it was",
            tag: "Practices",
            .action(.listPatients),
            answer: returned
        ) { call in
            let found = try await call.goodwork.auditReturn(call.part("practice"), by: call.actor)
            return call.json(object(found))
        },
    ]

    private static let asked = [
        APIRoute.Parameter("as_at", .date.saying("The day described.")),
        APIRoute.Parameter("known_on", .date.saying("Uses only extracts up to this day.")),
        APIRoute.Parameter("months", .whole(1...60, "Month ends over which coverage is followed.")),
    ]

    private static let figures = Schema.named(
        "PracticeFigures",
        .object(
            .must("as_at", .date),
            .must("kept_back", .text),
            .must("figures", .list(.map(.any)))
        )
    )

    private static let worklist = Schema.named(
        "PracticeWorklist",
        .object(
            .must("name", .text),
            .must("practice", .word),
            .must("on", .date),
            .must(
                "patients",
                .list(
                    .object(
                        .must("nhs_number", .text),
                        .must("birth_date", .date),
                        .must("why", .text),
                        .must("days_off_sick", .count)
                    )
                )
            )
        )
    )

    private static let returned = Schema.named(
        "PracticeReturn",
        .object(
            .must("practice", .word),
            .must("written", .count),
            .must("known", .count.saying("Entries that an extract could show.")),
            .must(
                "entries",
                .list(
                    .object(
                        .must("id", .text),
                        .must("nhs_number", .text),
                        .must("birth_date", .date),
                        .must("employment_status", .choice(EmploymentStatus.self)),
                        .may("code", .text.saying("SNOMED CT.")),
                        .may("term", .text),
                        .must("on", .date),
                        .must("asked_on", .date),
                        .must("state", .choice(ReturnState.self))
                    )
                )
            )
        )
    )

    private static func question(_ call: Call) -> PracticeQuestion {
        var question = PracticeQuestion(asAt: call.date("as_at"), knownOn: call.date("known_on"))
        if let months = call.query("months").flatMap({ Int($0) }) { question.months = months }
        return question
    }

    private static func worklist(_ call: Call) async throws -> Response {
        let list = try await call.goodwork.practiceWorklist(
            call.part("practice"),
            on: call.date("on"),
            by: call.actor
        )
        var object = JSONObject()
        object.put("name", list.name)
        object.put("practice", list.practice)
        object.put("on", list.day)
        object.put(
            "patients",
            list.patients.map { patient in
                var object = JSONObject()
                object.put("nhs_number", patient.nhsNumber)
                object.put("birth_date", patient.birth)
                object.put("why", patient.why)
                object.put("days_off_sick", patient.sickDays)
                return object
            }
        )
        return call.json(object)
    }

    private static func object(_ made: PracticeReturn) -> JSONObject {
        var object = JSONObject()
        object.put("practice", made.practice)
        object.put("written", made.written.count)
        object.put("known", made.written.of)
        object.put(
            "entries",
            made.entries.map { entry in
                let code = CodeList.returned(entry.status)
                var object = JSONObject()
                object.put("id", entry.id)
                object.put("nhs_number", entry.nhsNumber)
                object.put("birth_date", entry.birth)
                object.put("employment_status", entry.status.rawValue)
                object.put("code", code?.code.description)
                object.put("term", code?.name)
                object.put("on", entry.day)
                object.put("asked_on", entry.askedOn)
                object.put("state", entry.state.rawValue)
                return object
            }
        )
        return object
    }
}
