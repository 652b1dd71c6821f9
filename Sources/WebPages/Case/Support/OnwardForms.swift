import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Handing somebody on to another service, and recording what it answers.
enum OnwardForms {
    static let routes = refer.routes + answer.routes

    // MARK: - Refer on

    private static let refer = CaseForm(
        path: "onward/refer",
        title: "Refer on",
        button: "Refer on",
        then: "#onward",
        fields: { visit, file, fields in services(visit, file, fields) },
        read: { visit, file, reader in
            var fields = OnwardSent()
            var names = NewNames(visit, file)
            fields.onward = names.next("o")
            fields.service =
                reader.choice(
                    "service",
                    "Choose a service",
                    among: file.programme.pathway.onward.map(\.id)
                ) ?? ""
            let day = reader.day("on", "Give the day", usually: visit.today)
            guard let day, reader.problems.isEmpty else { return nil }
            return Command(.onwardSent(fields), on: day)
        }
    )

    /// Why the case may not be referred on to a service today; nil when it may.
    static func refusal(_ service: OnwardService, _ file: CaseFile) -> Refusal? {
        var fields = OnwardSent()
        // Any name that no onward referral has.
        fields.onward = "o\(file.version + 1)"
        fields.service = service.id
        return file.refusal(of: .onwardSent(fields))
    }

    @HTMLBuilder
    private static func services(_ visit: Visit, _ file: CaseFile, _ fields: Fields) -> HTML {
        let all = file.programme.pathway.onward.map { ($0, refusal($0, file)) }
        let offered = all.filter { $0.1 == nil }.map(\.0)
        if offered.isEmpty {
            inset { p { "No service can take this person today. See why below." } }
        } else {
            fields.radios(
                "service",
                "Service",
                offered.map { Choice($0.id, $0.name, hint: hint($0, visit, file)) },
                or: visit.request.query["service"]
            )
        }
        refused(all.compactMap { service, refusal in refusal.map { (service, $0) } })
        p {
            a(.href(GuideMatchPage.path(file))) { "See other services in the guide" }
        }
        fields.date("on", "Day", or: visit.today.iso)
        inset {
            p {
                "The service sees who the person is and what their case says. It does not see "
                "notes or measures. You go on holding the case."
            }
        }
    }

    private static func refused(_ services: [(OnwardService, Refusal)]) -> HTML {
        if services.isEmpty { return HTML() }
        return reveal("Services that cannot take this person, and why") {
            dl {
                for (service, refusal) in services {
                    dt { strong { service.name } }
                    dd { refusal.says }
                }
            }
        }
    }

    private static func hint(
        _ service: OnwardService,
        _ visit: Visit,
        _ file: CaseFile
    ) -> String? {
        var says: [String] = []
        if let waiting = file.case.onward.last(where: {
            $0.service == service.id && !$0.status.isOver
        }) {
            says.append("Sent on \(waiting.sentOn.uk) already, and not over.")
        }
        if let until = service.takes.to { says.append("Takes people until \(until.uk).") }
        if let within = service.answerWithin { says.append("Answers within \(within.words).") }
        return says.isEmpty ? nil : says.joined(separator: " ")
    }

    // MARK: - What it answered

    /// Why a service may decline or end; the codes that figures count.
    private static let reasons = [
        "ineligible", "no-capacity", "unable-to-contact", "no-longer-wanted", "completed", "other",
    ]
    private static let answers = [
        Choice(OnwardStatus.received.rawValue, "They have it"),
        Choice(OnwardStatus.pending.rawValue, "No answer yet: we asked again"),
        Choice(OnwardStatus.accepted.rawValue, "Accepted"),
        Choice(OnwardStatus.started.rawValue, "Their support has started"),
        Choice(OnwardStatus.declined.rawValue, "Declined"),
        Choice(OnwardStatus.ended.rawValue, "Their support has ended"),
    ]

    private static let answer = CaseForm(
        path: "onward/answer",
        title: "Record an answer",
        then: "#onward",
        fields: { visit, file, fields in
            which(visit, file, fields)
                + fields.radios("to", "What did the service say?", answers)
                + fields.choose(
                    "reason",
                    "Why",
                    CaseWords.choices(reasons),
                    hint: "Only where they declined or ended it.",
                    isOptional: true
                )
                + fields.date("on", "Day of the answer", or: visit.today.iso)
        },
        read: { visit, file, reader in
            var fields = OnwardMoved()
            fields.onward =
                reader.choice(
                    "onward",
                    "Choose the onward referral",
                    among: file.case.onward.map(\.id)
                ) ?? ""
            let to = reader.choice("to", "Choose what they said", among: answers.map(\.value))
            fields.to = to.flatMap { OnwardStatus(rawValue: $0) } ?? .received
            if fields.to.isOver {
                fields.reason = reader.choice("reason", "Choose why", among: reasons)
            }
            let day = reader.day("on", "Give the day", usually: visit.today)
            guard let day, reader.problems.isEmpty else { return nil }
            return Command(.onwardMoved(fields), on: day)
        }
    )

    private static func which(_ visit: Visit, _ file: CaseFile, _ fields: Fields) -> HTML {
        let open = file.case.onward.filter { !$0.status.isOver }
        if open.isEmpty { return inset { p { "No onward referral waits for an answer." } } }
        return fields.choose(
            "onward",
            "Onward referral",
            open.map {
                Choice($0.id, "\(file.programme.name(ofService: $0.service)), \($0.sentOn.uk)")
            },
            or: visit.request.query["onward"] ?? (open.count == 1 ? open[0].id : nil)
        )
    }
}

extension Period {
    /// The length in words: `5 working days`.
    var words: String {
        let unit =
            switch unit {
            case .days: "day"
            case .weeks: "week"
            case .workingDays: "working day"
            }
        return CaseWords.count(count, unit)
    }
}
