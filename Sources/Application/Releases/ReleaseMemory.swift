import Kernel
import Measures
import SQL
import Store

/// A line of the register with its counts, read once.
struct KnownRelease: Sendable {
    var stored: StoredRelease
    var table: ReleasedTable
}

/// What was read of the register, and what was counted for it, kept between looks.
///
/// Nothing in the register ever changes, so only lines that were added since are read again. A look
/// that was entered gives the same answer for good: it is counted once.
package actor ReleaseMemory {
    struct Report: Hashable {
        var programme: String
        var report: String
    }

    /// An answer to a look: a line of the register, by the rules of one version of the programme.
    struct Answer: Hashable {
        var release: String
        var version: Int
        /// The part that a dashboard was narrowed to.
        var part: ProgrammePart?
    }

    /// More answers than this are not kept; the one asked for longest ago goes first.
    private static let answersMax = 64

    private var known: [Report: [KnownRelease]] = [:]
    private var tables: [Answer: ReportTable] = [:]
    private var dashboards: [Answer: Dashboard] = [:]
    private var order: [Answer] = []

    package init() {}

    fileprivate func releases(_ report: Report) -> [KnownRelease] { known[report] ?? [] }

    /// Adds lines to those of a report, and gives all of them.
    fileprivate func add(_ more: [KnownRelease], to report: Report) -> [KnownRelease] {
        let last = known[report]?.last?.stored.position ?? 0
        known[report, default: []] += more.filter { $0.stored.position > last }
        return known[report] ?? []
    }

    func table(_ answer: Answer) -> ReportTable? {
        use(answer)
        return tables[answer]
    }

    func dashboard(_ answer: Answer) -> Dashboard? {
        use(answer)
        return dashboards[answer]
    }

    func keep(_ table: ReportTable, _ answer: Answer) {
        tables[answer] = table
        use(answer)
    }

    func keep(_ dashboard: Dashboard, _ answer: Answer) {
        dashboards[answer] = dashboard
        use(answer)
    }

    private func use(_ answer: Answer) {
        guard tables[answer] != nil || dashboards[answer] != nil else { return }
        order.removeAll { $0 == answer }
        order.append(answer)
        guard order.count > Self.answersMax else { return }
        let oldest = order.removeFirst()
        tables[oldest] = nil
        dashboards[oldest] = nil
    }
}

extension Goodwork {
    /// The lines of one report in the register, oldest first, and the place of the programme's last.
    func register(
        of programme: String,
        report: String
    ) async throws -> (known: [KnownRelease], last: Int) {
        let key = ReleaseMemory.Report(programme: programme, report: report)
        let position = await released.releases(key).last?.stored.position ?? 0
        let store = store
        let (more, last) = try await store.database.read { transaction in
            let last = try store.lastRelease(of: programme, in: transaction)
            let more =
                last == position
                ? []
                : try store.releases(
                    of: programme,
                    report: report,
                    after: position,
                    in: transaction
                )
            return (more, last)
        }
        let read = try more.map { stored in
            var line = KnownRelease(stored: stored, table: try ReleasedTable(stored))
            // They are in the table.
            line.stored.cells = ""
            return line
        }
        let known = await released.add(read, to: key).filter { $0.stored.position <= last }
        return (known, last)
    }
}
