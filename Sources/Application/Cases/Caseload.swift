import Casework
import Kernel
import Store

/// Which cases of a caseload are wanted.
package struct CaseloadFilter: Sendable, Hashable {
    /// Whether only the actor's own, or all that their organisation holds.
    package var isOwn = true
    /// Nil is every state but closed.
    package var state: CaseState?
    package var strand: String?
    /// Only those with a next step that is overdue.
    package var isOverdue = false
    package var isAtRisk = false
    /// Words of the name, the NHS number, or the beginning of the reference.
    ///
    /// Closed cases are searched too.
    package var words: String?
    /// Counted from 1.
    package var page = 1

    package init() {}

    /// All but the words.
    fileprivate func keeps(_ row: CaseRow, today: CivilDate) -> Bool {
        if let state {
            if row.state != state { return false }
        } else if words == nil, row.state == .closed, !row.isAtRisk {
            return false
        }
        if let strand, row.strand != strand { return false }
        if isAtRisk, !row.isAtRisk { return false }
        if isOverdue, row.next.map({ $0.dueOn >= today }) ?? true { return false }
        return true
    }
}

/// A page of a caseload.
package struct Caseload: Sendable {
    package static let rowsMax = 200

    package var rows: [ListedRow]
    /// How many there are on all pages.
    package var total: Int
    package var page: Int
    /// Every strand among the cases, whatever the filter.
    package var strands: [String]

    package var pages: Int { max(1, (total + Self.rowsMax - 1) / Self.rowsMax) }
}

extension Goodwork {
    /// The rows that a filter without words keeps, the soonest next step first.
    package func caseloadRows(
        _ filter: CaseloadFilter,
        by actor: Actor
    ) async throws -> [CaseRow] {
        let scope: CaseScope =
            filter.isOwn
            ? .coach(actor.user) : .organisation(actor.organisation, .provider)
        let today = now().civilDateUK
        return try await rows(scope, as: .listCases, by: actor)
            .filter { filter.keeps($0, today: today) }
    }

    /// A page of the actor's or their organisation's cases, the soonest next step first.
    ///
    /// Names are opened only for the page that is shown, unless names are searched.
    package func caseload(_ filter: CaseloadFilter, by actor: Actor) async throws -> Caseload {
        let scope: CaseScope =
            filter.isOwn
            ? .coach(actor.user) : .organisation(actor.organisation, .provider)
        return try await whileLogging(actor, .listCases, on: scope.subject) {
            try await caseload(filter, of: scope, by: actor)
        }
    }

    private func caseload(
        _ filter: CaseloadFilter,
        of scope: CaseScope,
        by actor: Actor
    ) async throws -> Caseload {
        let all = try await rowsUnlogged(scope, by: actor)
        let today = now().civilDateUK
        let kept = all.filter { filter.keeps($0, today: today) }
        let strands = Set(all.compactMap(\.strand)).sorted()
        guard let words = filter.words.map(SearchWords.init) else {
            let page = min(max(1, filter.page), max(1, (kept.count - 1) / Caseload.rowsMax + 1))
            let first = (page - 1) * Caseload.rowsMax
            let shown = Array(kept.dropFirst(first).prefix(Caseload.rowsMax))
            return Caseload(
                rows: try await named(shown, by: actor),
                total: kept.count,
                page: page,
                strands: strands
            )
        }
        let found = try await named(kept, by: actor).filter(words.fit)
        return Caseload(
            rows: Array(found.prefix(Caseload.rowsMax)),
            total: found.count,
            page: 1,
            strands: strands
        )
    }
}

/// What somebody types to find a case.
private struct SearchWords: Sendable {
    private let words: [String]
    /// All of it, plain small letters and digits only.
    private let whole: String

    init(_ text: String) {
        words = Self.parts(text)
        whole = text.foldedName
    }

    /// Whether it all, or each of its words, begins somewhere in the name; or it is the number or
    /// begins the reference.
    func fit(_ listed: ListedRow) -> Bool {
        if whole.isEmpty { return false }
        if listed.row.header.reference.foldedName.hasPrefix(whole) { return true }
        if listed.nhsNumber == whole { return true }
        guard let name = listed.name else { return false }
        let parts = Self.parts(name)
        // From each part of the name to its end.
        let rests = parts.indices.map { parts[$0...].joined() }
        return rests.contains { $0.hasPrefix(whole) }
            || words.allSatisfy { word in rests.contains { $0.hasPrefix(word) } }
    }

    /// The parts of a name as they are looked for, whether a space or a hyphen stands between them.
    private static func parts(_ text: String) -> [String] {
        text.split { $0.isWhitespace || hyphens.contains($0) }.map { String($0).foldedName }
            .filter { !$0.isEmpty }
    }

    /// Those of keyboards and of text programs, and the short dash.
    private static let hyphens: Set<Character> = ["-", "\u{2010}", "\u{2011}", "\u{2013}"]
}
