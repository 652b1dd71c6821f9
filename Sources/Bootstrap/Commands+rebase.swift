import Application
import Foundation
import Kernel
import Measures
import Store

/// What is said of a programme's run charts on the command line.
public struct RebaseOptions: Sendable {
    var programme: String
    var chart: String?
    var from: String?
    var reason: String?
    var provider: String?
    var asAt: String?
    var withdraw: String?

    /// Takes the options as they were written.
    public init(
        programme: String,
        chart: String? = nil,
        from: String? = nil,
        reason: String? = nil,
        provider: String? = nil,
        asAt: String? = nil,
        withdraw: String? = nil
    ) {
        self.programme = programme
        self.chart = chart
        self.from = from
        self.reason = reason
        self.provider = provider
        self.asAt = asAt
        self.withdraw = withdraw
    }

    fileprivate func question() throws -> DashboardQuestion {
        var question = DashboardQuestion(programme: programme)
        question.part.provider = provider
        guard let asAt else { return question }
        guard let day = CivilDate(text: asAt) else {
            throw CommandError("--as-at \(asAt) is not a date: write 2025-03-31.", exit: .usage)
        }
        question.asAt = day
        return question
    }

    /// What is said; nil where only a list is asked for.
    fileprivate func new() throws -> NewRebase? {
        if chart == nil, from == nil, reason == nil { return nil }
        guard let chart, let from, withdraw == nil else {
            throw CommandError(
                "Say --chart, --from and --reason together, and --withdraw alone.",
                exit: .usage
            )
        }
        return NewRebase(chart: chart, month: from, reason: reason ?? "")
    }
}

extension Commands {
    /// Says from where limits of a run chart are reckoned anew, takes that back, or lists all of it.
    public static func rebase(
        _ configuration: Configuration,
        _ options: RebaseOptions,
        _ terminal: Terminal
    ) async throws {
        let (question, new) = (try options.question(), try options.new())
        let installation = try await Installation.open(configuration)
        let (goodwork, actor) = (installation.goodwork, installation.actor)
        let told: [StoredRebase]
        if let new {
            told = [try await goodwork.rebase(new, of: question, by: actor)]
        } else if let id = options.withdraw {
            let programme = options.programme
            told = [try await goodwork.withdrawRebase(id, of: programme, by: actor)]
        } else {
            told = try await goodwork.rebases(of: question, by: actor)
        }
        try await installation.close()
        if terminal.json {
            terminal.print("[" + told.map(\.json).joined(separator: ",") + "]")
            return
        }
        let rows = told.map { one in
            [
                one.id, one.chart, one.month.iso, one.reason, one.saidAt.civilDateUK.iso,
                one.saidBy, one.provider ?? "all",
                one.withdrawnAt.map { "withdrawn \($0.civilDateUK.iso)" } ?? "",
            ]
        }
        let head = ["id", "chart", "from", "reason", "said", "by", "charts of", ""]
        terminal.print(Columns.aligned([head] + rows))
    }
}

extension StoredRebase {
    fileprivate var json: String {
        var object: JSONObject = [
            "id": .string(id), "chart": .string(chart), "month": .string(month.iso),
            "reason": .string(reason), "said_at": .string(saidAt.iso), "said_by": .string(saidBy),
            "organisation": .string(organisation),
        ]
        if let provider { object["provider"] = .string(provider) }
        if let withdrawnAt { object["withdrawn_at"] = .string(withdrawnAt.iso) }
        if let withdrawnBy { object["withdrawn_by"] = .string(withdrawnBy) }
        return JSONValue.object(object).text
    }
}
