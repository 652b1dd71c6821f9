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

    private static func reasons(_ file: CaseFile) -> [String] {
        file.programme.pathway.closureReasons
            .filter { file.case.canClose(for: $0) }
            .map(\.rawValue)
    }

    /// Where to tell that the person took back their consent, which is no reason to choose.
    static func orConsent(_ file: CaseFile) -> HTML {
        let isReason = file.case.canClose(for: .consentWithdrawn)
        if isReason || !file.may.contains(.changeCase) { return HTML() }
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
