import Application
import Casework
import Foundation
import Kernel
import Measures
import Programmes

/// How a report is printed.
public enum ReportFormat: String, CaseIterable, Sendable {
    case text
    case csv
    case json
    case markdown
    case html
}

/// A report as it is asked for on the command line.
public struct ReportOptions: Sendable {
    var programme: String
    var asAt: String?
    var knownAt: String?
    var by: String?
    var audience: String?

    /// Takes the options as they were written.
    public init(
        programme: String,
        asAt: String?,
        knownAt: String?,
        by: String?,
        audience: String? = nil
    ) {
        self.audience = audience
        self.programme = programme
        self.asAt = asAt
        self.knownAt = knownAt
        self.by = by
    }

    func question() throws -> ReportQuestion {
        var question = ReportQuestion(programme: programme)
        if let asAt {
            guard let day = CivilDate(text: asAt) else {
                throw CommandError("--as-at \(asAt) is not a date: write 2025-03-31.", exit: .usage)
            }
            question.asAt = day
        }
        if let knownAt { question.knownAt = try Self.moment(knownAt) }
        if let by {
            guard let grouping = Grouping(rawValue: by) else {
                let known = Grouping.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError("--by \(by) is not known: \(known).", exit: .usage)
            }
            question.grouping = grouping
        }
        if let audience {
            guard let known = Audience(rawValue: audience) else {
                let all = Audience.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError("--audience \(audience) is not known: \(all).", exit: .usage)
            }
            question.audience = known
        }
        return question
    }

    /// A moment, or a day, which stands for its end.
    private static func moment(_ text: String) throws -> Instant {
        if let day = CivilDate(iso: text) {
            return Instant(midnightUTC: day.adding(days: 1)).adding(milliseconds: -1)
        }
        guard let moment = Instant(iso: text) else {
            throw CommandError(
                "--known-at \(text) is not a moment: write 2025-03-31T17:00:00Z, or a day.",
                exit: .usage
            )
        }
        return moment
    }
}

extension Commands {
    /// Prints a programme's report.
    ///
    /// - Parameter purpose: what it is released for; nil only prints it.
    public static func report(
        _ configuration: Configuration,
        _ options: ReportOptions,
        format: ReportFormat,
        release purpose: String? = nil,
        _ terminal: Terminal
    ) async throws {
        let question = try options.question()
        let installation = try await Installation.open(configuration)
        let (goodwork, actor) = (installation.goodwork, installation.actor)
        let table: ReportTable
        if let purpose {
            table = try await goodwork.release(question, purpose: purpose, by: actor)
            terminal.say("Released, and entered in the register: goodwork releases.")
        } else {
            table = try await goodwork.report(question, by: actor)
        }
        try await installation.close()
        if let knownAt = question.knownAt {
            terminal.say("From what had been told by \(knownAt.iso).")
        }
        switch terminal.json ? .json : format {
        case .text: terminal.print(table.text)
        case .csv: terminal.print(table.csv)
        case .json: terminal.print(String(decoding: table.json, as: UTF8.self))
        case .markdown: terminal.print(table.markdown)
        case .html: terminal.print(table.htmlPage)
        }
    }

    /// Lists the cases behind a figure.
    public static func open(
        _ configuration: Configuration,
        _ options: ReportOptions,
        row: String,
        part: String,
        group: String?,
        limit: Int,
        _ terminal: Terminal
    ) async throws {
        let question = try options.question()
        guard let part = CellPart(rawValue: part) else {
            throw CommandError(
                "--part is one of \(CellPart.allCases.map(\.rawValue).joined(separator: ", ")).",
                exit: .usage
            )
        }
        let installation = try await Installation.open(configuration)
        let figure = try await installation.goodwork.open(
            question,
            row: row,
            part: part,
            group: group,
            limit: limit,
            by: installation.actor
        )
        try await installation.close()
        if terminal.json {
            terminal.print(json(figure))
            return
        }
        terminal.print("\(figure.row): \(count(figure))")
        terminal.print(Columns.text(rows(figure.cases)))
        terminal.print("goodwork case REF tells a case's story.")
    }

    /// How many cases a figure has, and how many of them are listed.
    private static func count(_ figure: OpenedFigure) -> String {
        let (all, listed) = (counted(figure.total, "case"), figure.cases.count)
        return listed < figure.total ? "\(all), the first \(grouped(listed)) shown (--limit)" : all
    }

    private static let shown: [CodeField] = [
        .state, .strand, .referrer, .condition, .employmentStatus, .dischargeStatus,
    ]

    private static func rows(_ cases: [OpenedFigure.Case]) -> [[String]] {
        let head = ["case", "referred", "contact", "discharged"] + shown.map(\.column)
        return [head]
            + cases.map { opened in
                let dates = [Milestone.referred, .firstContact, .discharged]
                return [opened.reference] + dates.map { opened.facts[$0]?.iso ?? "" }
                    + shown.map { opened.facts[$0] ?? "" }
            }
    }

    private static func json(_ figure: OpenedFigure) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.optional("total", figure.total)
        writer.key("items")
        writer.beginArray()
        for opened in figure.cases {
            writer.beginObject()
            writer.optional("reference", opened.reference)
            writer.optional("case", opened.facts.caseID.text)
            for milestone in Milestone.allCases {
                writer.optional(milestone.column, opened.facts[milestone]?.iso)
            }
            for field in CodeField.allCases { writer.optional(field.column, opened.facts[field]) }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.text
    }
}
