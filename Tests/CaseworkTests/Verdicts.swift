import Casework
import Kernel
import Programmes
import Testing

/// A table of what happens and what is said to it.
///
/// Columns: `day`, `what happens` and `verdict`; if need be `told` (the day on which we are told),
/// `state` (after it) and `says` (a part of the sentence of the refusal).
struct VerdictTable: Sendable, CustomTestStringConvertible {
    var name: String
    var programme: String = "example"
    var text: String

    var testDescription: String { name }

    /// Runs every row and compares.
    ///
    /// - Returns: the situation at the end, and the reasons for which rows were refused.
    @discardableResult
    func check(
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> (situation: Situation, reasons: Set<Refusal.Reason>) {
        var situation = Situation(try Shipped.programme(programme))
        var reasons: Set<Refusal.Reason> = []
        for row in TextTable(text).rows {
            let got = try situation.tell(row)
            if let reason = situation.refusal?.reason { reasons.insert(reason) }
            let place = "\(name), row \(row.number) (\(row["day"]) \(row["what happens"]))"
            let why = situation.refusal.map { ": \($0.says)" } ?? ""
            #expect(
                got == row["verdict"],
                "\(place): expected \(row["verdict"]), got \(got)\(why)",
                sourceLocation: sourceLocation
            )
            if !row["state"].isEmpty {
                #expect(
                    situation.state.rawValue == row["state"],
                    "\(place): the state",
                    sourceLocation: sourceLocation
                )
            }
            if !row["says"].isEmpty {
                #expect(
                    situation.refusal?.says.contains(row["says"]) == true,
                    "\(place): expected \(row["says"])\(why)",
                    sourceLocation: sourceLocation
                )
            }
        }
        return (situation, reasons)
    }
}
