import Casework
import Kernel
import Programmes

/// A case as a table tells it: entries and corrections, told one after another.
///
/// Every cell of "what happens" is one command; what is refused changes nothing.
struct Situation {
    let programme: Programme
    var history: History
    var context: Context
    /// The events of each entry, by the number of the row that entered it.
    private(set) var entered: [Int: [EventID]] = [:]
    /// The last refusal.
    private(set) var refusal: Refusal?

    static let today = CivilDate(iso: "2026-03-01") ?? CivilDate(day: 0)

    init(_ programme: Programme, today: CivilDate = Situation.today, seed: UInt64 = 1) {
        self.programme = programme
        var ids = IDMaker(seed: seed)
        let now = Instant(midnightUTC: today).adding(milliseconds: 43_200_000)
        let header = CaseHeader(
            id: ids.make(at: Instant(milliseconds: 1)),
            programme: programme.id,
            programmeVersion: programme.version,
            reference: "A1",
            person: ids.make(at: Instant(milliseconds: 1))
        )
        history = History(header: header)
        context = Context(
            now: now,
            today: today,
            by: Recorder(user: "dee", organisation: "big-life"),
            ids: ids
        )
    }

    var folded: Case { history.fold() }
    var state: CaseState { folded.state(in: programme) }

    func facts() -> Facts? { history.facts(programme: programme) }

    /// Tells one row: `plan move-into-work`, `void 3`, `instead of 3: plan move-into-work`; two
    /// with a semicolon between them are one command.
    ///
    /// - Returns: `ok`, or the code of the refusal.
    @discardableResult
    mutating func tell(_ row: TextTable.Row) throws -> String {
        if let told = CivilDate(iso: row["told"]) { setToday(told) }
        let day = CivilDate(iso: row["day"]) ?? context.today
        return tell(try command(row["what happens"], on: day), row: row.number)
    }

    /// Tells a command.
    @discardableResult
    mutating func tell(_ command: Command, row: Int = 0) -> String {
        refusal = nil
        do {
            let events = try Casework.decide(
                command,
                history: history,
                programme: programme,
                context: &context
            )
            history.append(events)
            entered[row] = events.filter { $0.cause == nil && $0.body.kind != .voided }.map(\.id)
            // Each is told a minute after the one before.
            context.now = context.now.adding(milliseconds: 60_000)
            return "ok"
        } catch {
            refusal = error
            return error.code
        }
    }

    mutating func setToday(_ day: CivilDate) {
        context.today = day
        context.now = Instant(midnightUTC: day).adding(milliseconds: 43_200_000)
    }

    func command(_ text: String, on day: CivilDate) throws -> Command {
        var command = Command()
        for part in text.split(separator: ";").map(\.trimmed) {
            if part.hasPrefix("void ") {
                let event = try event(String(part.dropFirst(5)), part)
                command.voids.append(Command.Void(event: event, reason: "entered-in-error"))
                continue
            }
            guard part.hasPrefix("instead of "), let colon = part.firstIndex(of: ":") else {
                command.entries.append(Command.Entry(body: try EntryWords.body(part), on: day))
                continue
            }
            let event = try event(part[..<colon].dropFirst(11).trimmed, part)
            let body = try EntryWords.body(part[part.index(after: colon)...].trimmed)
            command.voids.append(Command.Void(event: event, reason: "entered-in-error"))
            command.entries.append(Command.Entry(body: body, on: day, replaces: event))
        }
        return command
    }

    /// The event that a row entered; `2 follower` is the one that followed from it.
    private func event(_ name: String, _ part: String) throws -> EventID {
        let words = name.split(separator: " ")
        guard let number = words.first.flatMap({ Int($0) }) else {
            throw EntryWords.Fault(description: "no row is named in: \(part)")
        }
        guard let id = entered[number]?.first else { return EventID(high: 0, low: 0) }
        if words.count == 1 { return id }
        return history.events.first { $0.cause == id }?.id ?? id
    }
}
