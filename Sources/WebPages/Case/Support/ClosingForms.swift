import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Closing a case with its reason, and reopening it.
enum ClosingForms {
    static let routes = close.routes + reopen.routes

    private static let close = CaseForm(
        path: "close",
        title: "Close the case",
        tells: .closed,
        button: "Close the case",
        then: "#ending",
        fields: { visit, file, fields in
            StillOpen.show(file) + orConsent(file)
                + fields.choose("reason", "Why", CaseWords.choices(reasons(file)))
                + fields.date("on", "Day", or: visit.today.iso)
        },
        read: { visit, file, reader in
            var fields = Closed()
            let reason = reader.choice("reason", "Choose why", among: reasons(file))
            fields.reason = reason.flatMap { ClosureReason(rawValue: $0) } ?? .completed
            let day = reader.day("on", "Give the day", usually: visit.today)
            guard let day, reader.problems.isEmpty else { return nil }
            return Command(.closed(fields), on: day)
        }
    )

    /// Taking consent back closes the case by itself, and hides who the person is: a case is not
    /// closed for it while what the person agreed to stands as it was.
    private static func reasons(_ file: CaseFile) -> [String] {
        file.programme.pathway.closureReasons
            .filter { $0 != .consentWithdrawn || isTakenBack(file) }
            .map(\.rawValue)
    }

    private static func isTakenBack(_ file: CaseFile) -> Bool {
        file.case.consents[.referral] == .consentWithdrawn
    }

    private static func orConsent(_ file: CaseFile) -> HTML {
        if isTakenBack(file) { return HTML() }
        return p {
            "Did the person take back their consent? "
            a(.href("\(file.path)/\(ConsentForm.form.path)")) { "Record it under Consent" }
            ". That closes the case."
        }
    }

    /// For whoever was discharged: what the case goes on with.
    private static let purposes = [
        Choice(
            ReopeningPurpose.support.rawValue,
            "More support: they are discharged again when it ends"
        ),
        Choice(ReopeningPurpose.tracking.rawValue, "Follow-up alone: they stay discharged"),
    ]

    private static let reopen = CaseForm(
        path: "reopen",
        title: "Reopen the case",
        button: "Reopen the case",
        then: "#ending",
        fields: { visit, file, fields in
            (file.case.discharge == nil
                ? HTML() : fields.radios("for", "What does the person need?", purposes))
                + fields.area(
                    "text",
                    "Why is it reopened?",
                    hint: "It is kept as a note that only the case team can read."
                ) + fields.date("on", "Day", or: visit.today.iso)
        },
        read: { visit, file, reader in
            var reopened = Reopened()
            if file.case.discharge != nil {
                let said = reader.choice(
                    "for",
                    "Choose what the person needs",
                    among: purposes.map(\.value)
                )
                reopened.purpose = said.flatMap { ReopeningPurpose(rawValue: $0) } ?? .tracking
            }
            var note = NoteWritten()
            note.text = reader.text("text", "Write why the case is reopened")
            let day = reader.day("on", "Give the day", usually: visit.today)
            guard let day, reader.problems.isEmpty else { return nil }
            return Command(entries: [
                Command.Entry(body: .reopened(reopened), on: day),
                Command.Entry(body: .noteWritten(note), on: day),
            ])
        }
    )
}
