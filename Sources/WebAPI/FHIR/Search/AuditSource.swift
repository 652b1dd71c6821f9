import Application
import FHIRMapping
import FHIRModel
import Kernel
import Store
import Web

/// The access log, the newest first.
enum AuditSource {
    static func read(_ call: FHIRCall) async throws -> Response {
        guard let position = Int64(call.id), (0..<Int64.max).contains(position) else {
            throw FHIRFault.unknown("AuditEvent/\(call.id)")
        }
        let page = try await call.goodwork.searchLog(
            LogQuestion(),
            before: position + 1,
            limit: 1,
            by: call.actor
        )
        guard let found = versions(page).first, found.view?.id == call.id else {
            throw FHIRFault.unknown("AuditEvent/\(call.id)")
        }
        return try call.answer(found)
    }

    static func source(_ call: FHIRCall, _ query: SearchQuery) -> SearchSource {
        { from in
            let page = try await call.goodwork.searchLog(
                question(query),
                before: from.flatMap { Int64($0) }.map { $0 + 1 },
                limit: 200,
                by: call.actor
            )
            return SearchPortion(
                groups: versions(page).map { SearchGroup($0) },
                next: page.older.map { "\($0 - 1)" }
            )
        }
    }

    /// What the log itself can be searched by.
    private static func question(_ query: SearchQuery) -> LogQuestion {
        var question = LogQuestion()
        for term in query.terms where term.values.count == 1 {
            switch (term.parameter.name, term.modifier, term.values[0]) {
            case ("agent", nil, .reference(_, let id)): question.account = id
            case ("agent", .identifier, .token(_, let code?)): question.account = code
            case ("date", _, .date(let prefix, let time)):
                if [.eq, .gt, .ge, .sa].contains(prefix) { question.from = time.start.civilDateUK }
                if [.eq, .lt, .le, .eb].contains(prefix) { question.to = time.end.civilDateUK }
            default: break
            }
        }
        return question
    }

    private static func versions(_ page: LogPage) -> [FHIRVersion] {
        page.entries.map { placed in
            let entry = placed.entry
            let record = AuditRecord(
                position: Int(placed.position),
                at: entry.at,
                user: entry.actor,
                organisation: entry.organisation,
                action: entry.action,
                subject: entry.subject,
                isRefused: entry.outcome != "allowed"
            )
            let isCase = page.references[entry.subject] != nil
            let view = record.view(subjectType: isCase ? "EpisodeOfCare" : nil)
            return FHIRVersion(number: 1, lastUpdated: entry.at, view: view)
        }
    }
}
