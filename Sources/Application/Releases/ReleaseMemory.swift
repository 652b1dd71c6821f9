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
    /// An answer to a look: a line of the register, by the rules of one version of the programme.
    struct Answer: Hashable {
        var release: String
        var version: Int
        /// What a report was set apart by.
        var grouping: Grouping?
        /// The part that a dashboard was narrowed to.
        var part: ProgrammePart?
    }

    /// More answers than this are not kept; the one asked for longest ago goes first.
    private static let answersMax = 64

    private var known: [String: [KnownRelease]] = [:]
    /// Up to where the register of each programme was read.
    private var read: [String: Int] = [:]
    private var tables: [Answer: ReportTable] = [:]
    private var dashboards: [Answer: Dashboard] = [:]
    private var order: [Answer] = []

    package init() {}

    fileprivate func position(of programme: String) -> Int { read[programme] ?? 0 }

    /// Adds lines to those of a programme, up to a place of the register, and gives all of them.
    fileprivate func add(
        _ more: [KnownRelease],
        to programme: String,
        upTo last: Int
    ) -> [KnownRelease] {
        let position = position(of: programme)
        known[programme, default: []] += more.filter { $0.stored.position > position }
        read[programme] = max(position, last)
        return known[programme] ?? []
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
    /// The sheets of a programme in the register, oldest first, and the place of its last line.
    func register(of programme: String) async throws -> (known: [KnownRelease], last: Int) {
        let position = await released.position(of: programme)
        let store = store
        let (more, last) = try await store.database.read { transaction in
            let last = try store.lastRelease(of: programme, in: transaction)
            let more =
                last == position
                ? [] : try store.releases(of: programme, after: position, in: transaction)
            return (more, last)
        }
        let sheets = more.filter { [Self.sheets, Self.published].contains($0.report) }
        let read = try sheets.map { stored in
            var line = KnownRelease(stored: stored, table: try ReleasedTable(stored))
            // They are in the table.
            line.stored.cells = ""
            return line
        }
        let known = await released.add(read, to: programme, upTo: last)
            .filter { $0.stored.position <= last }
        return (known, last)
    }
}
