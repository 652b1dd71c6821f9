import Application
import Casework
import HTML
import Kernel
import Programmes
import Store
import Web

/// Cases that others referred on to the reader's organisation.
enum OnwardPage {
    static let path = "/onward"
    static let routes: [PageRoute] = [
        .get(path, .action(.listOnward)) { try await show($0) }
    ]

    private static func show(_ visit: Visit) async throws -> Response {
        let entries = try await visit.goodwork.onwardEntries(by: visit.actor)
        let waiting = entries.count { $0.isUnanswered }
        return visit.page("Referred on to us", width: .full) {
            h1 { "Referred on to us" }
            if entries.isEmpty {
                p {
                    "Nobody is referred on to you. When another service sends somebody, "
                    "they stand here until your part is over."
                }
            } else {
                p { "\(waiting) of \(entries.count) wait for your answer." }
                table(entries, visit).html
            }
        }
    }

    private static func table(_ entries: [OnwardEntry], _ visit: Visit) -> ListTable {
        var table = ListTable(
            "Referred on to us, those without an answer first",
            ["Person", "Service", "From", "Sent", "State", "Answer"],
            hidesCaption: true
        )
        table.rowHeading = 0
        for entry in entries {
            let title = entry.name ?? "Case \(entry.row.header.reference)"
            table.add(
                HTML(title),
                HTML(entry.service),
                HTML(entry.row.provider.map { visit.names[$0] } ?? ""),
                HTML(entry.onward.sentOn.uk),
                state(entry.onward.status),
                a(.href("/cases/\(entry.row.header.id.text)/onward-answer")) {
                    entry.isUnanswered ? "Answer" : "Change"
                    span(.class("nhsuk-u-visually-hidden")) { " \(title)" }
                }
            )
        }
        return table
    }

    private static func state(_ status: OnwardStatus) -> HTML {
        switch status {
        case .sent: tag("New", .yellow)
        case .received, .pending: tag("Received", .yellow)
        case .accepted: tag("Accepted", .blue)
        case .started: tag("Started", .green)
        case .declined: tag("Declined", .grey)
        case .ended: tag("Ended", .grey)
        }
    }
}

/// Say what became of a person who was referred on to the reader's organisation.
enum OnwardAnswerForm {
    static var form: CaseForm {
        var form = CaseForm(
            path: "onward-answer",
            title: "Answer an onward referral",
            action: .answerOnward,
            tells: .onwardMoved,
            button: "Save the answer",
            then: OnwardPage.path,
            fields: { visit, file, fields in asked(visit, file, fields) },
            read: { visit, file, reader in command(visit, file, &reader) }
        )
        form.home = { _ in ("Referred on to us", OnwardPage.path) }
        return form
    }

    private static let answers = [
        Choice("received", "We have it, and will answer"),
        Choice("accepted", "We accept the person"),
        Choice("started", "We have started with the person"),
        Choice("declined", "We cannot take the person"),
        Choice("ended", "Our part is over"),
    ]

    private static let reasons = OnwardReason.allCases.map { Choice($0.rawValue, words($0)) }

    private static func words(_ reason: OnwardReason) -> String {
        switch reason {
        case .completed: "We did what was asked"
        case .ineligible: "Not eligible for our service"
        case .noCapacity: "We have no place"
        case .unableToContact: "We could not reach the person"
        case .noLongerWanted: "The person no longer wants it"
        case .deferred: "Put off until later"
        case .disengaged: "The person stopped coming"
        case .other: "Another reason"
        }
    }

    @HTMLBuilder
    private static func asked(_ visit: Visit, _ file: CaseFile, _ fields: Fields) -> HTML {
        let open = file.openOnward(to: visit.actor)
        if let only = open.first, open.count == 1 {
            p { "\(only.name(in: file.programme)), sent on \(only.sentOn.uk)." }
            Fields.hidden("onward", only.id)
        } else {
            fields.radios(
                "onward",
                "Which one?",
                open.map {
                    Choice($0.id, "\($0.name(in: file.programme)), sent on \($0.sentOn.uk)")
                }
            )
        }
        if let identity = file.identity {
            contact(identity).html
        }
        fields.radios("to", "What is your answer?", answers)
        fields.choose(
            "reason",
            "Why?",
            reasons,
            hint: "Needed when you cannot take the person, or when your part is over."
        )
    }

    private static func contact(_ identity: Identity) -> Summary {
        var facts = Summary()
        facts.add("Name", identity.name)
        facts.add("Telephone", identity.phone)
        facts.add("Email", identity.email)
        facts.add("Postcode", identity.postcode)
        return facts
    }

    private static func command(
        _ visit: Visit,
        _ file: CaseFile,
        _ reader: inout FormReader
    ) -> Command? {
        let open = file.openOnward(to: visit.actor)
        let id = reader.choice("onward", "Choose which one", among: open.map(\.id))
        let to = reader.choice("to", "Choose your answer", among: answers.map(\.value))
            .flatMap(OnwardStatus.init(rawValue:))
        var reason = reader.optionalChoice("reason", among: reasons.map(\.value))
        if to?.isOver == true {
            if reason == nil { reader.fault("reason", "Choose why") }
            let known = reason.flatMap { OnwardReason(rawValue: $0) }
            if to == .declined, known?.mayDecline == false {
                reader.fault("reason", "Choose why you cannot take the person")
            }
        } else {
            reason = nil
        }
        guard let id, let to, reader.problems.isEmpty else { return nil }
        var moved = OnwardMoved()
        moved.onward = id
        moved.to = to
        moved.reason = reason
        return Command(.onwardMoved(moved), on: file.today)
    }
}

extension CaseFile {
    /// Onward referrals of the case that the actor's organisation has to answer for.
    fileprivate func openOnward(to actor: Actor) -> [OnwardReferral] {
        self.case.openOnward(to: actor.organisation, in: programme)
    }
}
