import Casework
import Kernel
import SQL
import Store

/// What somebody looks for in the access log, as they typed it.
package struct LogQuestion: Sendable, Hashable {
    package var account: String?
    package var organisation: String?
    /// The reference, or the id, of a case.
    package var reference: String?
    package var programme: String?
    package var action: Action?
    package var isRefused: Bool?
    package var from: CivilDate?
    package var to: CivilDate?

    package init() {}
}

/// Some entries of the access log, newest first.
package struct LogPage: Sendable {
    package var entries: [PlacedEntry] = []
    /// The references of those subjects that are cases.
    package var references: [String: String] = [:]
    /// Where older entries go on; nil when there are none.
    package var older: Int64?

    package init() {}
}

extension Goodwork {
    /// Searches the access log; the search is itself an entry.
    ///
    /// Of what was typed only ids and codes are kept in that entry: a word that is neither might
    /// be somebody's name.
    ///
    /// - Parameter before: the place from which to go on.
    package func searchLog(
        _ question: LogQuestion,
        before: Int64? = nil,
        limit: Int = 50,
        by actor: Actor
    ) async throws -> LogPage {
        var search = AccessSearch()
        search.actor = question.account
        search.organisation = question.organisation
        search.action = question.action?.rawValue
        search.isRefused = question.isRefused
        search.from = question.from
        search.to = question.to
        let store = store
        if let reference = question.reference, Access.decide(actor, .readAccessLog) == .allowed {
            let header = try await header(reference: reference, programme: question.programme)
            // What was done to any record of theirs is about them, whatever case it was done by.
            let records = try await store.database.read { transaction in
                try store.records(of: header.person, in: transaction)
            }
            search.subjects = [header.id.text] + records.map(\.text)
        }
        try await authorise(actor, .readAccessLog, on: try await terms(of: search))
        let wanted = search
        return try await store.database.read { transaction in
            var found = try store.accessLog(
                wanted,
                before: before,
                limit: limit + 1,
                in: transaction
            )
            let hasMore = found.count > limit
            if hasMore { found.removeLast() }
            var page = LogPage()
            page.entries = found
            page.references = try references(of: found.map(\.entry.subject), in: transaction)
            page.older = hasMore ? found.last?.position : nil
            return page
        }
    }

    /// The search in ids and codes.
    private func terms(of search: AccessSearch) async throws -> String {
        let store = store
        let isKnown = try await store.database.read { transaction in
            (
                account: try search.actor.map { try store.isActor($0, in: transaction) },
                organisation: try search.organisation.map {
                    try store.isActing(for: $0, in: transaction)
                }
            )
        }
        var terms = ["log"]
        if let actor = search.actor {
            terms.append("account:" + (isKnown.account == true ? actor : "unknown"))
        }
        if let organisation = search.organisation {
            let shown = isKnown.organisation == true ? organisation : "unknown"
            terms.append("organisation:" + shown)
        }
        if let id = search.subjects.first { terms.append("case:" + id) }
        if let action = search.action { terms.append("action:" + action) }
        if let isRefused = search.isRefused {
            terms.append("outcome:" + (isRefused ? "refused" : "allowed"))
        }
        if let from = search.from { terms.append("from:" + from.iso) }
        if let to = search.to { terms.append("to:" + to.iso) }
        return terms.joined(separator: " ")
    }
}
