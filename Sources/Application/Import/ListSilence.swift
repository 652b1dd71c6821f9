import Casework
import Kernel
import Programmes

/// What a list says nothing of, since it lacks the column or the file.
///
/// A blank cell says that there is nothing; a column that is not there says nothing. So what was
/// imported before from a column or file that is missing now stays as it is.
struct ListSilence: Sendable {
    /// Files that are not there, or have rows that cannot be read.
    private let files: Set<ListFile>
    /// Columns that referrals.csv does not have.
    private let columns: Set<String>
    /// Measures of whose questions referrals.csv has no column.
    private let measures: Set<String>
    /// Coded questions without a column.
    private let questions: [String]

    init(_ programme: Programme, files present: [ListFile: CSVFile], sides: [SideFile]) {
        files = Set(ListFile.allCases).subtracting(present.keys)
            .union(sides.filter { !$0.faults.isEmpty }.map(\.list))
        let there = Set(present[.referrals]?.columns ?? [])
        columns = Set(ListColumns.referrals.map(\.name)).subtracting(there)
        measures = Set(
            programme.measures
                .filter { measure in
                    !measure.items.contains { there.contains($0.id.underscored) }
                }
                .map { "measure:\($0.id)" }
        )
        questions = ListColumns.questions(of: programme).values.map(\.id)
            .filter { !there.contains($0.underscored) }
    }

    /// Whether the list cannot speak of entries with this key.
    func covers(_ key: String) -> Bool {
        switch key.prefix(while: { $0 != ":" && $0 != "-" }) {
        case "onward": files.contains(.onward)
        case "job": files.contains(.jobs)
        case "activity": files.contains(.activities)
        case "measure": measures.contains(key)
        default: Self.column[key].map(columns.contains) ?? false
        }
    }

    /// The column that says whether there is an entry.
    private static let column = [
        "accepted": "eligible", "returned": "eligible", "coach": "coach",
        "first-contact": "first_contact_on", "assessed": "assessed_on", "started": "started_on",
        "plan": "plan_agreed_on", "discharged": "discharged_on",
        "tracking-ended": "tracking_ended_on", "closed": "closed_on",
        "withdrawn": "closure_reason",
    ]

    /// Fills what the list says nothing of from what it said before.
    func fill(_ listed: inout ListedCase, from history: History) {
        guard !columns.isEmpty || !questions.isEmpty else { return }
        let before = Dictionary(
            history.effective().compactMap { event in event.key.map { ($0, event.body) } },
            uniquingKeysWith: { first, _ in first }
        )
        for index in listed.entries.indices {
            let entry = listed.entries[index]
            switch (entry.body, before[entry.key]) {
            case (.referralReceived(var new), .referralReceived(let old)):
                fill(&new, from: old, on: entry.on)
                listed.entries[index].body = .referralReceived(new)
                listed.identity = new.identity
            case (.referralReturned(var new), .referralReturned(let old)):
                if columns.contains("closure_reason") { new.reason = old.reason }
                if columns.contains("ineligible_reason") { new.detail = old.detail }
                listed.entries[index].body = .referralReturned(new)
            case (.assessmentCompleted(var new), .assessmentCompleted(let old)):
                if columns.contains("intensity") { new.intensity = old.intensity }
                listed.entries[index].body = .assessmentCompleted(new)
            case (.discharged(var new), .discharged(let old)):
                if columns.contains("discharge_status") { new.status = old.status }
                if columns.contains("discharge_improved") { new.improved = old.improved }
                listed.entries[index].body = .discharged(new)
            case (.measureTaken(var new), .measureTaken(let old)):
                fill(&new.answers, from: old.answers)
                listed.entries[index].body = .measureTaken(new)
            default: break
            }
        }
    }

    private func fill(_ new: inout [String: String], from old: [String: String]) {
        for question in questions where old[question] != nil { new[question] = old[question] }
    }

    private func fill(
        _ new: inout ReferralReceived,
        from old: ReferralReceived,
        on day: CivilDate
    ) {
        let fields: [(String, WritableKeyPath<ReferralReceived, String?>)] = [
            ("referrer", \.referrer), ("strand", \.strand), ("condition", \.condition),
            ("employment_status", \.employmentStatus), ("benefit", \.benefit),
            ("gender", \.gender), ("ethnicity", \.ethnicity), ("gp_practice", \.practice),
            ("jobcentre", \.jobcentre), ("postcode", \.outwardCode),
            ("postcode", \.identity.postcode), ("given_name", \.identity.givenName),
            ("family_name", \.identity.familyName), ("birth_date", \.identity.birthDate),
            ("nhs_number", \.identity.nhsNumber), ("address", \.identity.address),
            ("phone", \.identity.phone), ("email", \.identity.email),
        ]
        for (column, path) in fields where columns.contains(column) {
            new[keyPath: path] = old[keyPath: path]
        }
        if columns.contains("birth_date") {
            new.age = old.identity.birthDate.flatMap { CivilDate(iso: $0) }?.age(on: day)
        }
        fill(&new.answers, from: old.answers)
    }
}
