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
