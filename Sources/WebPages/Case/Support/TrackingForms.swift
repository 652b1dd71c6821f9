import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Asking after discharge how somebody is, and the end of asking.
enum TrackingForms {
    static let routes = contact.routes + end.routes

    private static let outcomes = ContactOutcome.allCases.map {
        Choice($0.rawValue, Words.capital($0.rawValue))
    }

    private static let contact = CaseForm(
        path: "tracking",
        title: "Record a tracking contact",
        then: "#ending",
        fields: { visit, _, fields in
            fields.radios("outcome", "What came of it?", outcomes)
                + fields.radios(
                    "status",
                    "Employment status now",
                    SupportWords.statuses,
                    hint: "Only if you reached the person.",
                    isOptional: true
                ) + fields.date("on", "Day of the contact", or: visit.today.iso)
        },
        read: { visit, _, reader in
            var fields = TrackingContacted()
            let outcome = reader.choice(
                "outcome",
                "Choose what came of it",
                among: outcomes.map(\.value)
            )
            fields.outcome = outcome.flatMap { ContactOutcome(rawValue: $0) } ?? .reached
            fields.status = reader.optionalChoice(
                "status",
                among: SupportWords.statuses.map(\.value)
            )
            if fields.outcome == .reached, fields.status == nil, reader.problems.isEmpty {
                reader.fault("status", "Choose the employment status; “Unknown” is an answer")
            }
            let day = reader.day("on", "Give the day", usually: visit.today)
            guard let day, reader.problems.isEmpty else { return nil }
            return Command(.trackingContacted(fields), on: day)
        }
    )

    private static let end = CaseForm(
        path: "tracking/end",
        title: "End tracking",
        tells: .trackingEnded,
        button: "End tracking and close the case",
        then: "#ending",
        fields: { visit, file, fields in
            StillOpen.show(file)
                + p { "The case is closed as completed." }
                + fields.date("on", "Day", or: visit.today.iso)
        },
        read: { visit, _, reader in
            let day = reader.day("on", "Give the day", usually: visit.today)
            return day.map { Command(.trackingEnded(Plain()), on: $0) }
        }
    )
}
