import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Handing somebody on to another service, and recording what it answers.
enum OnwardForms {
    static let routes: [PageRoute] =
        [
            .get("/cases/:case/\(referPath)", .onCase(.changeCase)) { try await refer($0) },
            .post("/cases/:case/\(referPath)", .onCase(.changeCase)) { try await refer($0) },
        ] + answer.routes

    // MARK: - Refer on

    private static let referPath = "onward/refer"
    /// More services of the guide than these are looked for in the guide itself.
    private static let guideShown = 10

    /// The page where a service, of the programme file or of the guide, is chosen.
    static func path(_ file: CaseFile, choosing service: String) -> String {
        "\(file.path)/\(referPath)?service=\(URLEncoding.encode(service))"
    }

    /// The form is made for each visit: what the guide has is looked up.
    private static func refer(_ visit: Visit) async throws -> Response {
        let offers = try await visit.goodwork.onwardOffers(for: visit.file())
        let isOffered = offers.contains { $0.verdict != .notMet }
        return try await (isOffered ? choice(among: offers) : nothing(of: offers)).answer(visit)
    }

    private static func choice(among offers: [OnwardOffer]) -> CaseForm {
        CaseForm(
            path: referPath,
            title: "Refer on",
            button: "Refer on",
            then: "#onward",
            fields: { visit, file, fields in services(offers, visit, file, fields) },
            read: { visit, file, reader in
                var fields = OnwardSent()
                var names = NewNames(visit, file)
                fields.onward = names.next("o")
                fields.service =
                    reader.choice("service", "Choose a service", among: offers.map(\.service)) ?? ""
                let day = reader.day("on", "Give the day", usually: visit.today)
                guard let day, reader.problems.isEmpty else { return nil }
                return Command(.onwardSent(fields), on: day)
            }
        )
    }

    private static func nothing(of offers: [OnwardOffer]) -> CaseForm {
        CaseForm(
            path: referPath,
            title: "Refer on",
            button: nil,
            fields: { _, file, _ in instead(of: offers, file) },
            read: { _, _, reader in
                reader.problems.append(Problem(nil, "Nothing was sent. \(nobody)"))
                return nil
            }
        )
    }

    @HTMLBuilder
    private static func services(
        _ offers: [OnwardOffer],
        _ visit: Visit,
        _ file: CaseFile,
        _ fields: Fields
    ) -> HTML {
        let chosen =
            visit.request.form["service"] ?? visit.typed["service"]
            ?? visit.request.query["service"]
        let offered = offers.filter { $0.verdict != .notMet }
        let ofGuide = offered.filter(\.isOfGuide)
        let isCut = ofGuide.count > guideShown
        // The one that was chosen in the guide stands here, however many there are.
        let sight = Set(ofGuide.prefix(guideShown).map(\.service) + [chosen].compactMap(\.self))
        let shown = offered.filter { !$0.isOfGuide || sight.contains($0.service) }
        fields.radios(
            "service",
            "Service",
            shown.map { Choice($0.service, $0.name, hint: hint($0, visit, file)) },
            or: visit.request.query["service"]
        )
        refused(offers)
        guideLink(
            file,
            isCut ? "See all \(ofGuide.count) services in the guide that may help" : nil
        )
        fields.date("on", "Day", or: visit.today.iso)
        inset {
            p {
                "A service that answers here sees who the person is and what their case says. It "
                "does not see notes or measures. A service that does not answer here sees nothing: "
                "get in touch with it, and record what it says. You go on holding the case."
            }
        }
    }

    private static let nobody = "No service can take this person today."

    /// Where there is nothing to choose: why, and what can be done for the person all the same.
    @HTMLBuilder
    private static func instead(of offers: [OnwardOffer], _ file: CaseFile) -> HTML {
        inset {
            p { nobody }
            if let barred = file.refusalOfGuide { p { barred.says } }
        }
        refused(offers)
        guideLink(file)
        p {
            "You can get in touch with a service yourself, and "
            a(.href(file.path + "/notes")) { "write a note" }
            " of what it says."
        }
    }

    private static func guideLink(_ file: CaseFile, _ words: String? = nil) -> HTML {
        p {
            a(.href(GuideMatchPage.path(file))) {
                words ?? "See the services in the guide, and whom each can take"
            }
        }
    }

    /// Those of the programme file: the guide has a page for its own.
    private static func refused(_ offers: [OnwardOffer]) -> HTML {
        let services = offers.filter { $0.verdict == .notMet && !$0.isOfGuide }
        if services.isEmpty { return HTML() }
        return reveal("Services that cannot take this person, and why") {
            dl {
                for service in services {
                    dt { strong { service.name } }
                    for says in service.says { dd { says } }
                }
            }
        }
    }

    private static func hint(
        _ offer: OnwardOffer,
        _ visit: Visit,
        _ file: CaseFile
    ) -> String? {
        var says: [String] = []
        if let waiting = file.case.onward.last(where: {
            $0.service == offer.service && !$0.status.isOver
        }) {
            says.append("Sent on \(waiting.sentOn.uk) already, and not over.")
        }
        let service = file.programme.pathway.onward.first { $0.id == offer.service }
        if let until = service?.takes.to { says.append("Takes people until \(until.uk).") }
        if let within = service?.answerWithin { says.append("Answers within \(within.words).") }
        if offer.isOfGuide {
            says.append(
                offer.organisation == nil ? "From the guide: you ask it." : "From the guide."
            )
            says += offer.says
            if !offer.missing.isEmpty {
                says.append("Not known yet: \(offer.missing.joined(separator: "; ")).")
            }
        }
        return says.isEmpty ? nil : says.joined(separator: " ")
    }

    // MARK: - What it answered

    private static let reasons = OnwardReason.allCases.map(\.rawValue)
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
        tells: .onwardMoved,
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
                Choice($0.id, "\($0.name(in: file.programme)), \($0.sentOn.uk)")
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
