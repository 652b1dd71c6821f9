import Casework
import Kernel
import Programmes

/// A file beside referrals.csv, whose rows are found by case without holding them.
///
/// Per row it keeps 24 bytes: a hash of the case's reference and where the row stands.
struct SideFile: Sendable {
    let list: ListFile
    let file: CSVFile
    private var places: [Place] = []
    /// Faults of rows that could not be read at all.
    private(set) var faults: [Fault] = []

    private struct Place: Sendable {
        var hash: UInt64
        var offset: Int
        var line: Int
    }

    init(_ list: ListFile, _ opened: CSVFile) {
        self.list = list
        file = opened
        var cursor = opened
        guard let column = opened.columns.firstIndex(of: "case_ref") else { return }
        while true {
            do {
                guard try cursor.next() else { break }
            } catch {
                faults += error.faults
                continue
            }
            let hash = cursor.withBytes(ofField: column) { Self.hash($0) }
            places.append(Place(hash: hash, offset: cursor.rowOffset, line: cursor.line))
        }
        places.sort { ($0.hash, $0.offset) < ($1.hash, $1.offset) }
    }

    /// Lends the rows of a case, in the order of the file.
    func each(of reference: String, _ body: (CSVFile) -> Void) {
        var reference = reference
        let hash = reference.withUTF8 { Self.hash($0) }
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle].hash < hash { low = middle + 1 } else { high = middle }
        }
        guard low < places.count, places[low].hash == hash,
            let column = file.columns.firstIndex(of: "case_ref")
        else { return }
        var cursor = file
        while low < places.count, places[low].hash == hash {
            cursor.seek(to: places[low].offset, line: places[low].line)
            if (try? cursor.next()) == true, cursor.field(column) == reference { body(cursor) }
            low += 1
        }
    }

    /// Faults of the rows whose case is not among the references, each with those of its other cells.
    ///
    /// - Parameter isWhole: whether every reference is known: else the case may be one that is not.
    func strays(
        known: (String) -> Bool,
        isWhole: Bool,
        reading rows: inout SideRows
    ) -> [Fault] {
        guard let column = file.columns.firstIndex(of: "case_ref") else { return [] }
        var found: [Fault] = []
        var cursor = file
        for place in places.sorted(by: { $0.offset < $1.offset }) {
            cursor.seek(to: place.offset, line: place.line)
            guard (try? cursor.next()) == true else { continue }
            let reference = cursor.field(column)
            if known(reference) { continue }
            if isWhole || reference.isEmpty {
                found.append(
                    cursor.fault(
                        field: column,
                        problem: reference.isEmpty
                            ? "is blank" : "\(reference) is not in referrals.csv",
                        expected: "the case_ref of a row of referrals.csv"
                    )
                )
            }
            var alone = ListedCase(reference: "", line: 0, offset: 0)
            rows.read(list, cursor, into: &alone)
            found += alone.faults
        }
        return found
    }

    /// The fault of a row that says, cell by cell, what one on an earlier line says of its case.
    func repeated(_ row: CSVFile, from earlier: Int) -> Fault {
        let expected =
            switch list {
            case .referrals: "one row for each case"
            case .onward: "one row for each onward referral"
            case .jobs: "one row for each job"
            case .activities: "one row, with how many sessions there were that day"
            }
        return row.fault(
            field: file.columns.firstIndex(of: "case_ref") ?? 0,
            problem: "the row is the same as line \(earlier)",
            expected: expected
        )
    }

    /// FNV-1a, 64 bits.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash
    }
}

/// Turns rows of the files beside referrals.csv into entries.
struct SideRows {
    let programme: Programme
    private var readers: [ListFile: CellReader]

    init(programme: Programme, files: [ListFile: CSVFile]) {
        self.programme = programme
        readers = files.mapValues { CellReader(columns: $0.columns) }
    }

    /// Reads the current row of a file into a case.
    mutating func read(_ list: ListFile, _ file: CSVFile, into listed: inout ListedCase) {
        guard var cells = readers[list] else { return }
        cells.clear()
        switch list {
        case .referrals: break
        case .onward: readOnward(file, &cells, &listed)
        case .jobs: readJob(file, &cells, &listed)
        case .activities: readActivity(file, &cells, &listed)
        }
        listed.faults += cells.faults
    }

    private func readOnward(
        _ file: CSVFile,
        _ cells: inout CellReader,
        _ listed: inout ListedCase
    ) {
        var sent = OnwardSent()
        sent.onward = cells.required(file, "onward_ref", "a reference") ?? ""
        sent.service = cells.required(file, "service", "a service of the programme") ?? ""
        let sentOn = cells.requiredDate(file, "referred_on")
        let movedOn = cells.date(file, "status_on")
        let reasons = OnwardReason.allCases.filter(\.mayDecline).map(\.rawValue)
        let words = ["pending", "received", "accepted", "started", "ended", "declined"] + reasons
        _ = cells.required(file, "status", "one of \(words.joined(separator: ", "))")
        let status = cells.code(file, "status", words)
        guard let sentOn, let status else { return }
        listed.add(
            "onward:\(sent.onward)",
            .onwardSent(sent),
            on: sentOn,
            from: file,
            "referred_on",
            of: .onward
        )
        guard status != "pending" else {
            if movedOn != nil {
                cells.note(file, "status_on", "has a date, but the status is pending", "blank")
            }
            return
        }
        guard let movedOn else {
            if cells.text(file, "status_on") == nil {
                cells.note(file, "status_on", "is blank, but the status is \(status)", "a date")
            }
            return
        }
        var moved = OnwardMoved()
        moved.onward = sent.onward
        if let known = OnwardStatus(rawValue: status) {
            moved.to = known
        } else {
            moved.to = .declined
            moved.reason = status
        }
        listed.add(
            "onward:\(sent.onward):status",
            .onwardMoved(moved),
            on: movedOn,
            from: file,
            "status_on",
            of: .onward
        )
    }

    private func readJob(
        _ file: CSVFile,
        _ cells: inout CellReader,
        _ listed: inout ListedCase
    ) {
        var started = JobStarted()
        started.jobKind = cells.required(file, "kind", "such as job") ?? ""
        started.employer = cells.text(file, "employer")
        started.hoursPerWeek = cells.hours(file, "hours_per_week")
        if let text = cells.text(file, "weekly_pay") {
            started.weeklyPay = Pence(pounds: text).map { Int($0.value) }
            if started.weeklyPay == nil {
                cells.note(file, "weekly_pay", "\(text) is not an amount", "such as 183.04")
            }
        }
        let endedOn = cells.date(file, "ended_on")
        guard let startedOn = cells.requiredDate(file, "started_on") else { return }
        // A job held before the referral is entered with the referral.
        let referredOn = listed.entries.first { $0.key == "referral" }?.on ?? startedOn
        if startedOn < referredOn { started.since = startedOn }
        started.spell = spellName(startedOn, listed)
        let day = max(startedOn, referredOn)
        listed.add("job", .jobStarted(started), on: day, from: file, "started_on", of: .jobs)
        guard let endedOn else { return }
        if endedOn < day {
            cells.note(
                file,
                "ended_on",
                "is before the \(startedOn < referredOn ? "referral" : "start")",
                "a later date, or leave out jobs that ended before the referral"
            )
            return
        }
        var ended = JobEnded()
        ended.spell = started.spell
        listed.add("job-end", .jobEnded(ended), on: endedOn, from: file, "ended_on", of: .jobs)
    }

    /// Spells are named by their first day, so that a list names them the same each time.
    private func spellName(_ day: CivilDate, _ listed: ListedCase) -> String {
        let taken = listed.entries.count { entry in
            guard case .jobStarted(let fields) = entry.body else { return false }
            return fields.spell.hasPrefix(day.iso)
        }
        return taken == 0 ? day.iso : "\(day.iso)/\(taken + 1)"
    }

    private func readActivity(
        _ file: CSVFile,
        _ cells: inout CellReader,
        _ listed: inout ListedCase
    ) {
        let pathway = programme.pathway
        let interventions = pathway.interventions.map(\.id)
        let appointments = pathway.appointments.map(\.id)
        _ = cells.required(file, "kind", "an intervention or an appointment")
        let kind = cells.code(file, "kind", interventions + appointments)
        let sessions = cells.number(file, "sessions", 1...1_000)
        let outcome = cells.code(
            file,
            "outcome",
            ["attended", "did-not-attend", "cancelled", "booked", "awaited"]
        )
        guard let day = cells.requiredDate(file, "activity_on"), let kind else { return }
        if interventions.contains(kind), outcome == nil || outcome == "attended" {
            var delivered = InterventionDelivered()
            delivered.intervention = kind
            delivered.sessions = sessions ?? 1
            listed.add(
                "activity",
                .interventionDelivered(delivered),
                on: day,
                from: file,
                "activity_on",
                of: .activities
            )
            return
        }
        guard appointments.contains(kind) else {
            cells.note(file, "outcome", "\(kind) is an intervention", "attended, or blank")
            return
        }
        addAppointment(kind, outcome ?? "attended", day, file, &listed)
    }

    private func addAppointment(
        _ kind: String,
        _ outcome: String,
        _ day: CivilDate,
        _ file: CSVFile,
        _ listed: inout ListedCase
    ) {
        var result = AppointmentOutcome()
        result.appointment = "\(kind) \(day.iso)"
        result.kind = kind
        var on = day
        let body: EventBody
        switch outcome {
        case "booked":
            var booked = AppointmentBooked()
            booked.appointment = result.appointment
            booked.kind = kind
            booked.day = day
            body = .appointmentBooked(booked)
            // The list does not say when it was booked: with the referral at the earliest.
            on = listed.entries.first { $0.key == "referral" }?.on ?? day
        case "did-not-attend": body = .appointmentMissed(result)
        case "cancelled": body = .appointmentCancelled(result)
        default:
            result.result = outcome == "awaited" ? "awaited" : nil
            body = .appointmentAttended(result)
        }
        listed.add("activity", body, on: on, from: file, "activity_on", of: .activities)
    }
}
