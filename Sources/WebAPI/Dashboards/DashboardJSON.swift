import Application
import Kernel
import Measures
import Programmes

/// A dashboard as JSON: its panels, each with its figures.
enum DashboardJSON {
    private static let interval = Schema.object(
        .must("lower", .number),
        .must("upper", .number)
    )

    static let figure = Schema.named(
        "Figure",
        .object(
            .must("id", .text.saying("What opens it.")),
            .must("label", .text),
            .must("definition", .text),
            .may("numerator", .number),
            .may("denominator", .number),
            .must("shown", .text),
            .may("interval", interval),
            .may("kept_back", .truth),
            .must(
                "left_out",
                .list(.object(.must("reason", .text), .may("count", .count)))
            )
        )
    )

    private static let equity = Schema.object(
        .must("id", .text),
        .must("label", .text),
        .must("definition", .text),
        .must("field", .word),
        .must("heading", .text),
        .must("says", .text),
        .may("count", .count),
        .may("of", .count),
        .may("kept_back", .truth),
        .must(
            "groups",
            .list(
                .object(
                    .must("key", .text),
                    .must("label", .text),
                    .may("count", .count),
                    .may("of", .count),
                    .may("kept_back", .truth),
                    .must("shown", .text),
                    .may("ratio", .number),
                    .may("ratio_interval", interval)
                )
            )
        )
    )

    private static let panel = Schema.named(
        "DashboardPanel",
        .object(
            .must("id", .word),
            .must("title", .text),
            .may("figures", .list(figure)),
            .may("trajectories", .list(.map(.any)).saying("As /api/v1/trajectories has them.")),
            .may("runs", .list(run)),
            .may(
                "waits",
                .list(
                    .object(
                        .must("median", figure),
                        .must("ninetieth", figure),
                        .must("unit", .choice(Period.Unit.self))
                    )
                )
            ),
            .may("equity", .list(equity)),
            .may(
                "changes",
                .list(
                    .object(
                        .must("id", .text),
                        .must("instrument", .text),
                        .must("definition", .text),
                        .must("lower_is_better", .truth),
                        .may("paired", .count),
                        .may("eligible", .count),
                        .may("mean", .number),
                        .may("interval", interval),
                        .may("kept_back", .truth)
                    )
                )
            ),
            .may(
                "answers",
                .list(
                    .object(
                        .must("question", .text),
                        .must("figures", .list(figure)),
                        .must("completion", figure)
                    )
                )
            )
        )
    )

    static let schema = Schema.named(
        "Dashboard",
        .object(
            .must("programme", .word),
            .must("programme_version", .count),
            .must("name", .text),
            .must("as_at", .date),
            .may("strand", .text),
            .may("provider", .text),
            .may("locality", .text),
            .must("panels", .list(panel)),
            .may(
                "kept_back",
                .object(.must("hidden", .count), .must("figures", .count), .must("says", .text))
            )
        )
    )

    static func object(_ dashboard: Dashboard) throws -> JSONObject {
        var object = JSONObject()
        object.put("programme", dashboard.programme)
        object.put("programme_version", dashboard.programmeVersion)
        object.put("name", dashboard.name)
        object.put("as_at", dashboard.question.asAt)
        object.put("strand", dashboard.question.part.strand)
        object.put("provider", dashboard.question.part.provider)
        object.put("locality", dashboard.question.part.locality)
        object.put("panels", try dashboard.panels.map(Self.object))
        if let kept = dashboard.keptBack {
            var inner = JSONObject()
            inner.put("hidden", kept.hidden)
            inner.put("figures", kept.figures)
            inner.put("says", kept.text)
            object.put("kept_back", inner)
        }
        return object
    }

    private static func object(_ panel: Dashboard.Panel) throws -> JSONObject {
        var object = JSONObject()
        object.put("id", panel.id)
        object.put("title", panel.title)
        switch panel.content {
        case .stages(let figures), .shares(let figures), .counts(let figures):
            object.put("figures", figures.map(Self.object))
        case .trajectory(let trajectories):
            object["trajectories"] = try JSONValue(parsing: trajectories.json)
        case .runs(let runs):
            object.put("runs", runs.map(Self.object))
        case .waits(let waits):
            object.put(
                "waits",
                waits.map { wait in
                    var object = JSONObject()
                    object.put("median", Self.object(wait.median))
                    object.put("ninetieth", Self.object(wait.ninetieth))
                    object.put("unit", wait.unit.rawValue)
                    return object
                }
            )
        case .equity(let all): object.put("equity", all.map(Self.object))
        case .changes(let changes): object.put("changes", changes.map(Self.object))
        case .answers(let answers):
            object.put(
                "answers",
                answers.map { answer in
                    var object = JSONObject()
                    object.put("question", answer.question)
                    object.put("figures", answer.figures.map(Self.object))
                    object.put("completion", Self.object(answer.completion))
                    return object
                }
            )
        }
        return object
    }

    static func object(_ figure: Dashboard.Figure) -> JSONObject {
        let cell = figure.cell
        var object = JSONObject()
        object.put("id", figure.id)
        object.put("label", figure.label)
        object.put("definition", figure.definition)
        if !cell.isHidden {
            object["numerator"] = cell.numerator.map { .number($0.double) }
            object.put("denominator", cell.denominator)
            object["interval"] = cell.interval.map { .object(Self.object($0)) }
        }
        object.put("shown", cell.shown)
        if cell.isHidden { object.put("kept_back", true) }
        object.put(
            "left_out",
            cell.leftOut.map { left in
                var object = JSONObject()
                object.put("reason", left.reason)
                if !left.isHidden { object.put("count", left.count) }
                return object
            }
        )
        return object
    }

    private static func object(_ interval: Interval) -> JSONObject {
        ["lower": .number(interval.lower), "upper": .number(interval.upper)]
    }

    private static func object(_ equity: Equity) -> JSONObject {
        var object = JSONObject()
        object.put("id", equity.id)
        object.put("label", equity.label)
        object.put("definition", equity.definition)
        object.put("field", equity.field.rawValue)
        object.put("heading", equity.heading)
        object.put("says", equity.says)
        if equity.isHidden {
            object.put("kept_back", true)
        } else {
            object.put("count", equity.count)
            object.put("of", equity.of)
        }
        object.put(
            "groups",
            (equity.groups + [equity.notKnown]).map { group in
                var object = JSONObject()
                object.put("key", group.key)
                object.put("label", group.label)
                object.put("shown", group.shown)
                if group.isHidden {
                    object.put("kept_back", true)
                    return object
                }
                object.put("count", group.count)
                object.put("of", group.of)
                object["ratio"] = group.ratio.map { .number($0.value) }
                object["ratio_interval"] = group.ratio.map { .object(Self.object($0.interval)) }
                return object
            }
        )
        return object
    }

    private static func object(_ change: Dashboard.Change) -> JSONObject {
        var object = JSONObject()
        object.put("id", change.id)
        object.put("instrument", change.instrument)
        object.put("definition", change.definition)
        object.put("lower_is_better", change.lowerIsBetter)
        if change.isHidden {
            object.put("kept_back", true)
            return object
        }
        object.put("paired", change.change.paired)
        object.put("eligible", change.change.eligible)
        object["mean"] = change.change.mean.map { .number($0.double) }
        object["interval"] = change.change.interval.map { .object(Self.object($0)) }
        return object
    }
}

extension JSONValue {
    /// A number as `JSONWriter` writes it; null where there is none.
    static func number(_ value: Double) -> JSONValue {
        var writer = JSONWriter()
        writer.number(value)
        return (try? JSONValue(parsing: writer.text)) ?? .null
    }
}
