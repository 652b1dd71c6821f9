import Kernel
import Programmes
import Testing

@testable import Casework

/// Appointments of one name: booked, moved, come to, missed, cancelled and booked anew.
@Suite("Appointments of one name") struct AppointmentNameTests {
    /// What is told of the appointment `a`, and which appointments there are then; the last column
    /// is the one that the name means.
    static let tables = [
        VerdictTable(
            name: "Moved, missed, and the later day cancelled",
            text: """
                day        | what happens            | verdict | appointments                                | a
                2024-11-25 | booked 2024-11-25 09:20 | ok      | 2024-11-25 09:20 to come                    | 2024-11-25 09:20 to come
                2024-11-25 | booked 2024-12-05 10:30 | ok      | 2024-12-05 10:30 to come                    | 2024-12-05 10:30 to come
                2024-11-25 | missed                  | ok      | 2024-11-25 did-not-attend; 2024-12-05 10:30 to come | 2024-12-05 10:30 to come
                2024-11-25 | cancelled               | ok      | 2024-11-25 did-not-attend; 2024-12-05 10:30 cancelled | 2024-12-05 10:30 cancelled
                """
        ),
        VerdictTable(
            name: "Moved, and come to all the same",
            text: """
                day        | what happens            | verdict | appointments                                | a
                2024-11-22 | booked 2024-11-25 09:20 | ok      | 2024-11-25 09:20 to come                    | 2024-11-25 09:20 to come
                2024-11-25 | booked 2024-12-05 10:30 | ok      | 2024-12-05 10:30 to come                    | 2024-12-05 10:30 to come
                2024-11-25 | attended                | ok      | 2024-11-25 attended; 2024-12-05 10:30 to come | 2024-12-05 10:30 to come
                2024-11-25 | missed                  | appointment-in-the-future | 2024-11-25 attended; 2024-12-05 10:30 to come | 2024-12-05 10:30 to come
                2024-12-05 | attended                | ok      | 2024-11-25 attended; 2024-12-05 10:30 attended | 2024-12-05 10:30 attended
                """
        ),
        VerdictTable(
            name: "Come to, booked anew, and the later day cancelled",
            text: """
                day        | what happens            | verdict | appointments                                | a
                2024-11-25 | booked 2024-11-25 09:20 | ok      | 2024-11-25 09:20 to come                    | 2024-11-25 09:20 to come
                2024-11-25 | attended                | ok      | 2024-11-25 09:20 attended                   | 2024-11-25 09:20 attended
                2024-11-25 | booked 2024-12-05 10:30 | ok      | 2024-11-25 09:20 attended; 2024-12-05 10:30 to come | 2024-12-05 10:30 to come
                2024-11-25 | cancelled               | ok      | 2024-11-25 09:20 attended; 2024-12-05 10:30 cancelled | 2024-12-05 10:30 cancelled
                """
        ),
        VerdictTable(
            name: "Cancelled, come to after all, and booked anew",
            text: """
                day        | what happens            | verdict | appointments                                | a
                2024-11-25 | booked 2024-12-09 09:00 | ok      | 2024-12-09 09:00 to come                    | 2024-12-09 09:00 to come
                2024-11-25 | cancelled               | ok      | 2024-12-09 09:00 cancelled                  | 2024-12-09 09:00 cancelled
                2024-11-25 | attended                | ok      | 2024-12-09 09:00 cancelled; 2024-11-25 attended | 2024-11-25 attended
                2024-11-25 | booked 2024-12-12 09:00 | ok      | 2024-12-09 09:00 cancelled; 2024-11-25 attended; 2024-12-12 09:00 to come | 2024-12-12 09:00 to come
                """
        ),
        VerdictTable(
            name: "Missed, and booked anew for later that day",
            text: """
                day        | what happens            | verdict | appointments                                | a
                2024-11-22 | booked 2024-11-25 09:00 | ok      | 2024-11-25 09:00 to come                    | 2024-11-25 09:00 to come
                2024-11-25 | missed                  | ok      | 2024-11-25 09:00 did-not-attend             | 2024-11-25 09:00 did-not-attend
                2024-11-25 | booked 2024-11-25 17:30 | ok      | 2024-11-25 09:00 did-not-attend; 2024-11-25 17:30 to come | 2024-11-25 17:30 to come
                2024-11-25 | attended                | ok      | 2024-11-25 09:00 did-not-attend; 2024-11-25 17:30 attended | 2024-11-25 17:30 attended
                """
        ),
        VerdictTable(
            name: "Come to, and booked anew for later that day",
            text: """
                day        | what happens            | verdict | appointments                                | a
                2024-11-25 | booked 2024-11-25 09:00 | ok      | 2024-11-25 09:00 to come                    | 2024-11-25 09:00 to come
                2024-11-25 | attended                | ok      | 2024-11-25 09:00 attended                   | 2024-11-25 09:00 attended
                2024-11-25 | booked 2024-11-25 17:30 | ok      | 2024-11-25 09:00 attended; 2024-11-25 17:30 to come | 2024-11-25 17:30 to come
                2024-11-25 | missed                  | ok      | 2024-11-25 09:00 attended; 2024-11-25 17:30 did-not-attend | 2024-11-25 17:30 did-not-attend
                """
        ),
        VerdictTable(
            name: "Of what is over nothing more comes",
            text: """
                day        | what happens            | verdict | appointments                                | a
                2024-11-22 | booked 2024-11-25 09:00 | ok      | 2024-11-25 09:00 to come                    | 2024-11-25 09:00 to come
                2024-11-25 | cancelled               | ok      | 2024-11-25 09:00 cancelled                  | 2024-11-25 09:00 cancelled
                2024-11-25 | cancelled               | appointment-already-over | 2024-11-25 09:00 cancelled | 2024-11-25 09:00 cancelled
                2024-11-25 | missed                  | appointment-already-over | 2024-11-25 09:00 cancelled | 2024-11-25 09:00 cancelled
                2024-11-25 | attended                | ok      | 2024-11-25 09:00 cancelled; 2024-11-25 attended | 2024-11-25 attended
                2024-11-25 | attended                | appointment-already-over | 2024-11-25 09:00 cancelled; 2024-11-25 attended | 2024-11-25 attended
                2024-11-26 | missed                  | appointment-already-over | 2024-11-25 09:00 cancelled; 2024-11-25 attended | 2024-11-25 attended
                2024-11-26 | cancelled               | appointment-already-over | 2024-11-25 09:00 cancelled; 2024-11-25 attended | 2024-11-25 attended
                """
        ),
        VerdictTable(
            name: "What was not booked is told of as a list has it",
            text: """
                day        | what happens            | verdict | appointments                                | a
                2024-11-25 | missed                  | ok      | 2024-11-25 did-not-attend                   | 2024-11-25 did-not-attend
                2024-11-25 | attended                | ok      | 2024-11-25 did-not-attend; 2024-11-25 attended | 2024-11-25 attended
                2024-11-25 | cancelled               | ok      | 2024-11-25 did-not-attend; 2024-11-25 attended; 2024-11-25 cancelled | 2024-11-25 cancelled
                """
        ),
        VerdictTable(
            name: "A correction stands where the entry stood that it replaces",
            text: """
                day        | what happens            | verdict | appointments                                | a
                2024-11-25 | booked 2024-11-25 09:00 | ok      | 2024-11-25 09:00 to come                    | 2024-11-25 09:00 to come
                2024-11-25 | missed                  | ok      | 2024-11-25 09:00 did-not-attend             | 2024-11-25 09:00 did-not-attend
                2024-11-25 | booked 2024-11-25 17:30 | ok      | 2024-11-25 09:00 did-not-attend; 2024-11-25 17:30 to come | 2024-11-25 17:30 to come
                2024-11-25 | instead of 2: attended  | ok      | 2024-11-25 09:00 attended; 2024-11-25 17:30 to come | 2024-11-25 17:30 to come
                2024-11-25 | instead of 3: booked 2024-11-25 18:00 | ok | 2024-11-25 09:00 attended; 2024-11-25 18:00 to come | 2024-11-25 18:00 to come
                2024-11-25 | void 4                  | ok      | 2024-11-25 18:00 to come                    | 2024-11-25 18:00 to come
                """
        ),
    ]

    @Test("What came of one is of the booking that stood open", arguments: tables)
    func eachStep(_ table: VerdictTable) throws {
        var situation = Situation(try Shipped.programme(table.programme))
        let first = try #require(CivilDate(iso: "2024-11-04"))
        #expect(situation.tell(try situation.command("referral gp", on: first)) == "ok")
        for row in TextTable(table.text).rows {
            let day = try #require(CivilDate(iso: row["day"]))
            let command = try situation.command(Self.words(row["what happens"]), on: day)
            let told = situation.tell(command, row: row.number)
            let place = "\(table.name), row \(row.number): \(row["what happens"])"
            #expect(told == row["verdict"], "\(place)")
            let folded = situation.folded
            let all = folded.appointments.map(Self.text).joined(separator: "; ")
            #expect(all == row["appointments"], "\(place)")
            #expect(folded.appointment(named: "a").map(Self.text) == row["a"], "\(place)")
            let items = folded.workItems(in: situation.programme).filter { $0.kind == .appointment }
            let open = folded.appointments.filter { $0.outcome == nil }
            #expect(items.map(\.dueOn) == open.map(\.day), "\(place)")
        }
    }

    /// What a cell says, in the words of other tables: all is of one kind and of one name.
    private static func words(_ cell: String) -> String {
        cell.split(separator: " ").map { word in
            if word.contains(":"), word.count == 5 { return "time=\(word)" }
            let outcomes = ["booked", "attended", "missed", "cancelled"]
            return outcomes.contains(String(word)) ? "\(word) first-appointment a" : String(word)
        }.joined(separator: " ")
    }

    private static func text(_ appointment: Appointment) -> String {
        [appointment.day.iso, appointment.time, appointment.outcome ?? "to come"]
            .compactMap { $0 }.joined(separator: " ")
    }
}
