import HTML

/// Facts with their names.
struct CopyRows {
    private var rows: [(String, String)] = []

    var isEmpty: Bool { rows.isEmpty }

    mutating func add(_ key: String, _ value: String?) {
        if let value, !value.isEmpty { rows.append((key, value)) }
    }

    var html: HTML {
        dl {
            for (key, value) in rows {
                dt { key }
                dd { value }
            }
        }
    }
}

/// A plain table.
struct CopyTable {
    let title: String
    let headings: [String]
    private var rows: [[String]] = []

    init(_ title: String, _ headings: [String]) {
        self.title = title
        self.headings = headings
    }

    mutating func add(_ cells: String...) { rows.append(cells) }

    var html: HTML {
        table(.class("nhsuk-table")) {
            caption(.class("nhsuk-table__caption")) { title }
            thead { tr { for heading in headings { th(.scope("col")) { heading } } } }
            tbody { for row in rows { tr { for cell in row { td { cell } } } } }
        }
    }
}
