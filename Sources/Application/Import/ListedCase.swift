import Casework
import Kernel
import Programmes

/// What a list says of one case: entries, each with the place it was read from.
struct ListedCase: Sendable {
    var reference: String
    var identity = Identity()
    var entries: [ListedEntry] = []
    var faults: [Fault] = []
    /// Digest of all the cells, by which a row that says the same again is known.
    var digest: [UInt8] = []
    /// The row in referrals.csv: its first line, and where it begins.
    var line: Int
    var offset: Int

    /// Adds an entry that the current row of a file holds.
    ///
    /// - Parameter column: the one with the entry's date.
    mutating func add(
        _ key: String,
        _ body: EventBody,
        on day: CivilDate,
        from file: CSVFile,
        _ column: String,
        of list: ListFile = .referrals
    ) {
        let origin = ListedEntry.Origin(
            file: list,
            offset: file.rowOffset,
            line: file.line,
            dateColumn: column
        )
        entries.append(ListedEntry(key: key, body: body, on: day, origin: origin))
    }
}

extension ListedCase {
    /// The fault of a row whose case another row, on an earlier line, is about.
    func repeated(from earlier: Int, in files: [ListFile: CSVFile]) -> Fault {
        let problem = "\(reference) stands on line \(earlier) already"
        guard var file = files[.referrals] else { return Fault(line: line, problem: problem) }
        file.seek(to: offset, line: line)
        _ = try? file.next()
        return file.fault(
            field: file.columns.firstIndex(of: "case_ref") ?? 0,
            problem: problem,
            expected: "one row for each case"
        )
    }
}

extension ListedCase {
    /// Gives each further outcome of a booked appointment a name of its own.
    ///
    /// A list names an appointment by its kind and day. The first outcome came of the booking; whatever
    /// else is told of that kind and day came of an appointment that was not booked.
    mutating func nameFurtherOutcomes() {
        var outcomes: [String: Int] = [:]
        for entry in entries {
            guard case .appointmentBooked(let fields) = entry.body else { continue }
            outcomes[fields.appointment] = 0
        }
        if outcomes.isEmpty { return }
        for index in entries.indices {
            switch entries[index].body {
            case .appointmentAttended(let fields):
                entries[index].body = .appointmentAttended(Self.named(fields, &outcomes))
            case .appointmentMissed(let fields):
                entries[index].body = .appointmentMissed(Self.named(fields, &outcomes))
            case .appointmentCancelled(let fields):
                entries[index].body = .appointmentCancelled(Self.named(fields, &outcomes))
            default: break
            }
        }
    }

    /// - Parameter outcomes: how many were told before, by the names of booked appointments.
    private static func named(
        _ fields: AppointmentOutcome,
        _ outcomes: inout [String: Int]
    ) -> AppointmentOutcome {
        guard let earlier = outcomes[fields.appointment] else { return fields }
        outcomes[fields.appointment] = earlier + 1
        guard earlier > 0 else { return fields }
        var further = fields
        further.appointment += " \(earlier + 1)"
        return further
    }
}

/// The files of a list.
enum ListFile: String, Sendable, CaseIterable {
    case referrals = "referrals.csv"
    case onward = "onward.csv"
    case jobs = "jobs.csv"
    case activities = "activities.csv"
}

/// One entry of a list and where it stands.
struct ListedEntry: Sendable {
    /// Names the entry within the case; entries of one kind share it (`job`, `activity`).
    var key: String
    var body: EventBody
    var on: CivilDate
    var origin: Origin

    /// Where an entry was read, and which column holds its date.
    struct Origin: Sendable, Hashable {
        /// The cursor's file, its row, and the row's first line.
        var file: ListFile
        var offset: Int
        var line: Int
        var dateColumn: String
    }

    /// A refusal of this entry as a fault of the cell that it is about.
    func fault(_ refusal: Refusal, in files: [ListFile: CSVFile]) -> Fault {
        guard var file = files[origin.file] else { return Fault(problem: refusal.description) }
        file.seek(to: origin.offset, line: origin.line)
        _ = try? file.next()
        let candidates = [refusal.field?.underscored, refusal.field.flatMap { Self.columns[$0] }]
        let column =
            candidates.compactMap { $0 }.first { file.columns.contains($0) } ?? origin.dateColumn
        let place = file.columns.firstIndex(of: column) ?? 0
        return file.fault(field: place, problem: "\(refusal.code): \(refusal.says)")
    }

    /// The column that a field of an event is read from, where the names differ.
    private static let columns = [
        "source": "referral_source", "status": "discharge_status", "reason": "closure_reason",
        "plan": "plan_kind", "intervention": "kind", "onward": "onward_ref", "to": "status",
        "outward_code": "postcode",
    ]
}
