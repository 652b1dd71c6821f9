import Foundation
import Kernel
import Programmes

extension Demonstration {
    /// The programme file with its last days moved to the end of the March after next.
    ///
    /// That it goes on so long is an assumption, which the file's `source` then says.
    ///
    /// - Throws: `ServiceError` when the file is not as it is expected.
    static func extended(
        _ file: (programme: Programme, text: String),
        today: CivilDate
    ) throws -> (programme: Programme, text: String) {
        let (version, end) = (file.programme.version, "to: 2026-03-31")
        let isOver = today.month > 3
        let last = "to: \(today.year + (isOver ? 2 : 1))-03-31"
        let source = file.programme.source
        var text = file.text.replacingOccurrences(of: end, with: last)
        text = text.replacingOccurrences(
            of: "\nversion: \(version)\n",
            with: "\nversion: \(version + 1)\n"
        )
        text = text.replacingOccurrences(
            of: source,
            with: "\(source); assumed, for a demonstration, to run on after 31 March 2026"
        )
        // The guaranteed part falls due over the quarters that the demonstration tells of.
        var quarters = [Quarter(holding: Demonstration.firstDay(today))]
        while quarters.count < 6, let last = quarters.last { quarters.append(last.next) }
        let due = quarters.map(\.text).joined(separator: ", ")
        text = text.replacingOccurrences(
            of: "instalments: [2024-Q4, 2025-Q1, 2025-Q2, 2025-Q3, 2025-Q4, 2026-Q1]",
            with: "instalments: [\(due)]"
        )
        let programme: Programme
        do {
            programme = try Programme(yaml: text, file: "\(file.programme.id) (demonstration)")
        } catch {
            throw ServiceError(
                .faults,
                "The programme file cannot be extended.",
                faults: error.faults
            )
        }
        guard programme.version == version + 1, programme.runs.contains(today) else {
            throw ServiceError(.invalid, "The programme file cannot be extended to this year.")
        }
        return (programme, text)
    }
}
