import Application
import Casework
import HTML
import Kernel

/// Correcting the record: an entry that no longer holds, and why.
enum WithdrawForm {
    static let routes: [PageRoute] = form.routes(where: { visit, file in
        entry(visit, file).map { TimelinePart.mayCorrect($0, file) } ?? false
    })

    private static let reasons = [
        Choice("entered-in-error", "It did not happen"),
        Choice("wrong-details", "It happened in another way, or on another day"),
        Choice("wrong-person", "It is about somebody else"),
    ]

    private static let form = CaseForm(
        path: "entries/:event/withdraw",
        title: "Withdraw an entry",
        tells: .voided,
        button: "Withdraw the entry",
        then: "#timeline",
        fields: { visit, file, fields in
            if let line = entry(visit, file) {
                inset {
                    p {
                        "\(line.event.occurredOn.uk): \(TimelinePart.sentence(line, file, visit)) "
                        "(\(visit.names[line.event.by.user]))"
                    }
                }
            }
            p {
                "The entry stays on the timeline, struck through."
                if !file.isErased {
                    " If it happened in another way, enter it anew afterwards."
                }
            }
            fields.radios("reason", "Why", reasons)
            file.asking(fields.area("text", "In your own words"))
        },
        read: { visit, file, reader in
            let reason = reader.choice(
                "reason",
                "Choose why it does not hold",
                among: reasons.map(\.value)
            )
            var text: String?
            if !file.isErased {
                text = reader.text("text", "Say in a few words what was wrong", max: 1_000)
            }
            guard let id = EventID(visit.part("event")), let reason, reader.problems.isEmpty else {
                return nil
            }
            return Command(voids: [.init(event: id, reason: reason, text: text)])
        }
    )

    private static func entry(_ visit: Visit, _ file: CaseFile) -> CaseFile.Line? {
        file.lines.first { $0.event.id.text == visit.part("event") }
    }

    static func words(_ reason: String) -> String {
        reasons.first { $0.value == reason }?.label ?? Words.capital(reason)
    }
}
