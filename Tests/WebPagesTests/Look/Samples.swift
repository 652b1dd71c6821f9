import HTML
import Kernel
import Web
import WebPages

/// Every component, as pages show it.
enum Samples {
    static let today = CivilDate(iso: "2025-06-02") ?? CivilDate(day: 0)

    static let answers = [
        Choice("one", "One", hint: "The first"), Choice("two", "Two"), Choice("three", "Three"),
    ]

    /// Fields whose markup is held to NHS.UK frontend's, by the names in tools/check_components.py.
    static var fragments: [(name: String, markup: HTML)] {
        let plain = Fields(Form())
        let wrong = Fields(
            Form(["n": "v", "a": "two"]),
            [Problem("n", "bad"), Problem("a", "bad"), Problem("dob", "bad")]
        )
        var summary = Summary()
        summary.add("K", "V", changeAt: "/c")
        summary.add("K2", "V2")
        var table = ListTable("Cap", ["A", "B"])
        table.numeric = [1]
        table.add(HTML("1"), HTML("2"))
        return [
            ("input", plain.text("n", "N", hint: "h", or: "v", width: 10)),
            ("input-error", wrong.text("n", "N", hint: "h", width: 10)),
            ("textarea", wrong.area("n", "N", rows: 3)),
            ("select", wrong.choose("a", "Q", answers)),
            ("radios", wrong.radios("a", "Q", answers, hint: "h", isInline: true)),
            ("checkboxes", plain.checkboxes("a", "Q", answers, or: ["two"])),
            ("date-input", wrong.birthDate("dob", "DOB", hint: "h")),
            ("summary-list", summary.html),
            ("table", table.html),
            ("tag", tag("late", .red)),
            ("panel", panel("t", "b")),
            ("inset-text", inset { p { "x" } }),
            ("warning", warning("H") { p { "x" } }),
            ("details", reveal("s") { p { "t" } }),
            ("button", submit("Save")),
            ("button-secondary", submit("Save", isSecondary: true)),
            ("button-link", linkButton("Go", to: "/g", isSecondary: true)),
            ("pagination", pagination(page: 5, of: 9) { "/p?page=\($0)" }),
            ("banner", done("saved")),
        ]
    }
}

/// Pages made of the components, under `/sample`.
enum SamplePages {
    static let routes: [PageRoute] = [
        .get("/sample/today", .signedIn) { today($0) },
        .get("/sample/case", .signedIn) { oneCase($0) },
        .get("/sample/form", .signedIn) { form($0, problems: []) },
        .get("/sample/errors", .signedIn) { visit in
            form(
                visit,
                problems: [
                    Problem("day", "Say on which day it was"),
                    Problem("how", "Say how you got in touch"),
                    Problem("born", "Birth date must be a real date in the past"),
                    Problem(nil, "Six of six sessions have been delivered"),
                ]
            )
        },
        .get("/sample/report", .signedIn) { report($0) },
        .get("/sample/done", .anyone) { done($0) },
    ]

    private static func today(_ visit: Visit) -> Response {
        visit.page("Today", width: .full) {
            h1 { "Today" }
            tiles(
                [
                    Tile(3, "overdue", "/today?show=overdue", isUrgent: true),
                    Tile(5, "due today", "/sample/today"),
                    Tile(12, "due this week", "/today?show=week"),
                    Tile(0, "transfers to answer", "/today?show=transfers", isUrgent: true),
                    Tile(1_204, "cases in all", "/caseload"),
                ],
                selected: "/sample/today"
            )
            work.html
            pagination(page: 2, of: 14) { "/sample/today?page=\($0)" }
            h2 { "Appointments" }
            emptyState(
                "You have no appointments this week.",
                link: ("Look at your caseload", "/caseload")
            )
        }
    }

    private static var work: ListTable {
        var table = ListTable("What is due", ["Person", "Next step", "Due", "Strand", "Weeks"])
        table.numeric = [4]
        let steps = ["First contact", "Assessment and offer of support", "Review of the plan"]
        for place in 0..<12 {
            let due = Samples.today.adding(days: place * 2 - 5)
            table.add(
                a(.href("/cases/\(place)")) { "Person \(place) Example-Featherstonehaugh" },
                HTML(steps[place % 3]),
                HTML(due.uk + " ") + dueTag(due, today: Samples.today),
                HTML("In work"),
                HTML(String(place * 3))
            )
        }
        return table
    }

    private static func oneCase(_ visit: Visit) -> Response {
        visit.page("Ayesha Example", width: .full, back: ("Back to today", "/today")) {
            h1 {
                span(.class("nhsuk-caption-l")) { "WW-2025-00017" }
                "Ayesha Example"
            }
            workflowBar(
                ["referred", "accepted", "engaged", "started", "discharged", "tracking", "closed"],
                current: "started"
            )
            p {
                tag("started", .green)
                " Next step: review of the plan, 28 May 2025 "
                dueTag(Samples.today.adding(days: -5), today: Samples.today)
            }
            buttons {
                linkButton("Log a contact", to: "/cases/1/contact")
                linkButton("Book an appointment", to: "/cases/1/appointment", isSecondary: true)
                a(.href("/cases/1/more")) { "Other things you can do" }
            }
            h2 { "Who" }
            summary.html
            h2 { "Plan" }
            warning("Lone working") { p { "Two people visit this address." } }
            inset { p { "The person has not agreed to share with the employer." } }
            reveal("What this means") { p { "Nothing is sent to the employer." } }
            h2 { "What happened" }
            timeline.html
        }
    }

    private static var summary: Summary {
        var summary = Summary()
        summary.add("Name", "Ayesha Example", changeAt: "/cases/1/person")
        summary.add("Birth date", "3 March 1981", changeAt: "/cases/1/person")
        summary.add("Coach", "Sam Coach, Pathways CIC")
        summary.add("Email", "a-very-long-address-without-a-break-in-it@longlonglong.example.org")
        return summary
    }

    private static var timeline: Timeline {
        var timeline = Timeline()
        timeline.add(Samples.today, by: "Sam Coach") { "Called; nobody answered." }
        timeline.add(Samples.today.adding(days: -3), by: "Sam Coach") {
            p { "Plan agreed: thrive in work." }
            p { "Goal: back at the desk for three days a week." }
        }
        timeline.add(Samples.today.adding(days: -9)) { "Referred by Ancoats Practice." }
        return timeline
    }

    private static func form(_ visit: Visit, problems: [Problem]) -> Response {
        let fields = Fields(visit.typed, problems)
        return visit.page(
            "Log a contact",
            problems: problems,
            back: ("Back to the case", "/sample/case")
        ) {
            h1 {
                span(.class("nhsuk-caption-l")) { "Ayesha Example" }
                "Log a contact"
            }
            visit.sentForm(to: "/sample/form") {
                fields.date("day", "Day", hint: "Today, unless you say otherwise")
                fields.radios(
                    "how",
                    "How",
                    [
                        Choice("call", "Telephone"), Choice("video", "Video"),
                        Choice("visit", "In person"),
                    ],
                    isInline: true
                )
                fields.radios("came", "What came of it", Samples.answers, or: "two")
                fields.checkboxes("about", "About", Samples.answers, isOptional: true)
                fields.choose("who", "Who", Samples.answers)
                fields.birthDate("born", "Birth date", hint: "For example, 31 1 1980")
                fields.text("nhs", "NHS number", width: 10, inputmode: "numeric")
                fields.area("note", "Note", isOptional: true)
                buttons {
                    submit("Save")
                    submit("Save and add another", isSecondary: true)
                }
                submit("Close the case", isWarning: true)
            }
        }
    }

    private static func report(_ visit: Visit) -> Response {
        visit.page("Report", width: .full) {
            h1 { "Fit for Work: in work" }
            figures.html
        }
    }

    private static var figures: ListTable {
        var table = ListTable("The board's table", ["Row", "Number", "Of", "Share"])
        table.numeric = [1, 2, 3]
        for (row, number, of, share) in [
            ("Referrals engaged in service", "1,024", "1,300", "79%"),
            ("Clients assessed and offered support within 3 working days", "9", "1,024", "1%"),
        ] { table.add(HTML(row), HTML(number), HTML(of), HTML(share)) }
        return table
    }

    private static func done(_ visit: Visit) -> Response {
        visit.page("Referral sent") {
            panel("Referral sent", "Your reference is WW-2025-00017")
            h2 { "What happens next" }
            p { "We get in touch by 5 June 2025." }
        }
    }
}
