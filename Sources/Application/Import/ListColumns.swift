import Kernel
import Programmes

/// The columns of a client list, as `docs/client-lists.md` describes them.
package enum ListColumns {
    package struct Column: Sendable, Hashable {
        package let name: String
        package let isRequired: Bool
        package let says: String

        init(_ name: String, required: Bool = false, _ says: String) {
            self.name = name
            isRequired = required
            self.says = says
        }
    }

    package static let referrals = [
        Column("case_ref", required: true, "the sender's own reference, one row each"),
        Column("nhs_number", "ten digits with a valid check digit"),
        Column("given_name", "a name"),
        Column("family_name", "a name"),
        Column("birth_date", "YYYY-MM-DD or DD/MM/YYYY"),
        Column("gender", "female, male, other or unknown"),
        Column("ethnicity", "an ethnic category of the 2001 census: A to S, Z, 99"),
        Column("postcode", "a UK postcode"),
        Column("address", "text"),
        Column("phone", "a telephone number"),
        Column("email", "an email address"),
        Column("gp_practice", "an ODS code of a practice"),
        Column("jobcentre", "a code of the programme file, or JCP-…, or one in figures"),
        Column("strand", "a strand of the programme"),
        Column("referred_on", required: true, "a date"),
        Column("referral_source", required: true, "a source of the programme"),
        Column("referrer", "an ODS code or a name"),
        Column("condition", "a code"),
        Column("employment_status", "in-work, off-sick, out-of-work or unknown"),
        Column("benefit", "a code"),
        Column("eligible", "yes or no; blank when it is not decided"),
        Column("ineligible_reason", "a code"),
        Column("accepted_on", "a date; blank means the day of referral if eligible is yes"),
        Column("coach", "who holds the case: a name, or the id of an account"),
        Column("first_contact_on", "the date of the first two-way contact"),
        Column("assessed_on", "a date"),
        Column("intensity", "a level of the programme"),
        Column("started_on", "the date on which support began"),
        Column("plan_kind", "a plan of the programme"),
        Column("plan_agreed_on", "a date"),
        Column("discharged_on", "the date of leaving support"),
        Column("discharge_status", "a status of the programme"),
        Column("discharge_improved", "yes or no"),
        Column("tracking_ended_on", "the date of the full discharge"),
        Column("closed_on", "the date of leaving without discharge"),
        Column("closure_reason", "a closure reason"),
    ]

    package static let onward = [
        Column("case_ref", required: true, "a case of referrals.csv"),
        Column("onward_ref", required: true, "the onward referral's own reference"),
        Column("service", required: true, "a service of the programme"),
        Column("referred_on", required: true, "a date"),
        Column("status", required: true, "a status"),
        Column("status_on", "a date; blank while pending"),
    ]

    package static let jobs = [
        Column("case_ref", required: true, "a case of referrals.csv"),
        Column("employer", "text"),
        Column("kind", required: true, "job, self-employment, placement or apprenticeship"),
        Column("started_on", required: true, "a date"),
        Column("ended_on", "a date; blank while it lasts"),
        Column("hours_per_week", "hours, such as 37.5"),
        Column("weekly_pay", "pounds"),
    ]

    package static let activities = [
        Column("case_ref", required: true, "a case of referrals.csv"),
        Column("activity_on", required: true, "a date"),
        Column("kind", required: true, "an intervention or an appointment of the programme"),
        Column("sessions", "a whole number, 1 or more"),
        Column("outcome", "attended, did-not-attend, cancelled, booked or awaited"),
    ]

    /// Columns of coded questions that lists carry whether or not a programme asks them.
    static let commonQuestions = ["felt_helped", "felt_returned_earlier", "previously_employed"]

    /// The coded questions of a programme, by the name of their column.
    package static func questions(of programme: Programme) -> [String: Question] {
        let all = programme.referral.asks + programme.measures.flatMap(\.items)
        return Dictionary(
            all.map { ($0.id.underscored, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Empty lists with the right headings: file name and text.
    package static func template(for programme: Programme) -> [(file: String, text: String)] {
        let questions = (programme.referral.asks + programme.measures.flatMap(\.items))
            .map(\.id.underscored)
        var files = [
            (
                file: "referrals.csv",
                text: CSVWriter.line(referrals.map(\.name) + questions)
            )
        ]
        if !programme.pathway.onward.isEmpty {
            files.append((file: "onward.csv", text: CSVWriter.line(onward.map(\.name))))
        }
        files.append((file: "jobs.csv", text: CSVWriter.line(jobs.map(\.name))))
        let pathway = programme.pathway
        if !pathway.interventions.isEmpty || !pathway.appointments.isEmpty {
            files.append((file: "activities.csv", text: CSVWriter.line(activities.map(\.name))))
        }
        return files
    }
}
