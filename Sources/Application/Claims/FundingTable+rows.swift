import Funding
import Kernel

extension FundingTable {
    package static let headings = [
        "Part", "People", "Money", "Guaranteed", "Performance", "For each person", "Mix",
    ]

    /// The table in words, the total last.
    package var cells: [[String]] {
        (rows + [total]).map { row in
            [
                row.name, row.people.map { grouped($0) } ?? "", row.amount.text,
                row.guaranteed.text, row.performance.text, row.perHead?.text ?? "",
                row.mix.map { "\(grouped($0.people)) \($0.status)" }.joined(separator: ", "),
            ]
        }
    }

    /// CSV, in pence.
    package var csv: String {
        let columns = [
            "part", "people", "pence", "guaranteed_pence", "performance_pence", "per_head_pence",
        ]
        return CSVWriter.line(columns)
            + (rows + [total]).map { row in
                CSVWriter.line([
                    row.name, row.people.map { String($0) } ?? "", String(row.amount.value),
                    String(row.guaranteed.value), String(row.performance.value),
                    row.perHead.map { String($0.value) } ?? "",
                ])
            }
            .joined()
    }

    /// JSON, in pence.
    package var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("programme")
        writer.string(programme)
        writer.key("programme_version")
        writer.int(programmeVersion)
        writer.key("rows")
        writer.beginArray()
        for row in rows + [total] {
            writer.beginObject()
            writer.key("part")
            writer.string(row.name)
            let numbers = [
                ("people", row.people), ("pence", Int(row.amount.value)),
                ("guaranteed_pence", Int(row.guaranteed.value)),
                ("performance_pence", Int(row.performance.value)),
                ("per_head_pence", row.perHead.map { Int($0.value) }),
            ]
            for case (let key, let number?) in numbers {
                writer.key(key)
                writer.int(number)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.text
    }
}
