import HTML
import Kernel

/// A button that sends the form.
package func submit(_ words: String, isSecondary: Bool = false, isWarning: Bool = false) -> HTML {
    let kind = isWarning ? " nhsuk-button--warning" : isSecondary ? " nhsuk-button--secondary" : ""
    return button(.class("nhsuk-button" + kind), .type("submit")) { words }
}

/// A link that looks like a button, to a page where something begins.
package func linkButton(_ words: String, to path: String, isSecondary: Bool = false) -> HTML {
    a(
        .class("nhsuk-button" + (isSecondary ? " nhsuk-button--secondary" : "")),
        .href(path),
        .role("button"),
        Attribute("draggable", "false")
    ) { words }
}

/// A link below a part of a page, to where something is done about it; paper leaves it out.
package func partLink(_ words: String, to path: String) -> HTML {
    p(.class("gw-no-print")) { a(.href(path)) { words } }
}

/// The colours of a tag; its words say the same.
package enum TagColour: String, Sendable {
    case grey, green, blue, yellow, orange, red, purple, white
}

/// A state in one or two adjectives.
package func tag(_ words: String, _ colour: TagColour = .blue) -> HTML {
    strong(.class("nhsuk-tag nhsuk-tag--\(colour.rawValue)")) { words }
}

/// Facts with their names, as a list.
package struct Summary: Sendable {
    package struct Row: Sendable {
        package var key: String
        package var value: HTML
        /// What changes it: the words, what they are about for those who listen, and the page.
        package var change: (words: String, about: String, path: String)?
    }

    package var rows: [Row] = []

    package init() {}

    /// A row is left out when nothing is known.
    package mutating func add(_ key: String, _ value: String?, changeAt path: String? = nil) {
        guard let value, !value.isEmpty else { return }
        add(key, path) { value }
    }

    package mutating func add(
        _ key: String,
        _ path: String? = nil,
        @HTMLBuilder _ value: () -> HTML
    ) {
        let change = path.map { ("Change", key.lowercased(), $0) }
        rows.append(Row(key: key, value: value(), change: change))
    }

    package var html: HTML {
        dl(.class("nhsuk-summary-list")) {
            for row in rows {
                div(
                    .class(
                        "nhsuk-summary-list__row"
                            + (row.change == nil ? " nhsuk-summary-list__row--no-actions" : "")
                    )
                ) {
                    dt(.class("nhsuk-summary-list__key")) { row.key }
                    dd(.class("nhsuk-summary-list__value")) { row.value }
                    if let change = row.change {
                        dd(.class("nhsuk-summary-list__actions")) {
                            a(.class("nhsuk-link"), .href(change.path)) {
                                change.words
                                span(.class("nhsuk-u-visually-hidden")) { " " + change.about }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A table that becomes a list of cards on a narrow screen.
///
/// Each cell repeats its heading there.
package struct ListTable: Sendable {
    package var caption: String
    package var headings: [String]
    package var rows: [[HTML]] = []
    /// Whether the caption is only for those who listen.
    package var hidesCaption = false
    /// The columns of numbers, counted from 0: they stand under each other.
    package var numeric: Set<Int> = []
    /// The column that names each row, such as the person: it is said again in the other columns.
    package var rowHeading: Int?
    /// Whether the last column is of what can be done: paper leaves it out.
    package var endsInActs = false

    package init(_ caption: String, _ headings: [String], hidesCaption: Bool = false) {
        self.caption = caption
        self.headings = headings
        self.hidesCaption = hidesCaption
    }

    package mutating func add(_ cells: HTML...) { rows.append(cells) }

    package var html: HTML {
        let shown = hidesCaption ? "nhsuk-u-visually-hidden" : "nhsuk-table__caption"
        return HTML(
            element: "table",
            [.class("nhsuk-table-responsive"), .role("table")],
            HTML(element: "caption", [.class(shown)], HTML(caption)) + head + body
        )
    }

    private func classes(_ place: Int, _ part: String) -> String {
        "nhsuk-table__\(part)"
            + (numeric.contains(place) ? " nhsuk-table__\(part)--numeric" : "")
            + (endsInActs && place == headings.count - 1 ? " gw-no-print" : "")
    }

    private var head: HTML {
        thead(.class("nhsuk-table__head"), .role("rowgroup")) {
            tr(.class("nhsuk-table__row"), .role("row")) {
                for (place, heading) in headings.enumerated() {
                    th(
                        .scope("col"),
                        .class(classes(place, "header")),
                        .role("columnheader")
                    ) { heading }
                }
            }
        }
    }

    private var body: HTML {
        // What is the same in every row is made once.
        let line = RepeatedElement(element: "tr", [.class("nhsuk-table__row"), .role("row")])
        let columns = headings.enumerated().map { place, heading in
            let isRowHeading = place == rowHeading
            let cell: [Attribute?] = [
                isRowHeading ? .scope("row") : nil,
                .class(classes(place, "cell")),
                .role(isRowHeading ? "rowheader" : "cell"),
            ]
            return RepeatedElement(
                element: isRowHeading ? "th" : "td",
                cell,
                span(
                    .class("nhsuk-table-responsive__heading"),
                    .aria("hidden", "true")
                ) { heading + " " }
            )
        }
        var all = HTML()
        for row in rows {
            line.append(to: &all) { all in
                for (column, cell) in zip(columns, row) { column.append(cell, to: &all) }
            }
        }
        return HTML(element: "tbody", [.class("nhsuk-table__body")], all)
    }
}

/// What happened after something was sent.
package func panel(_ title: String, _ words: String? = nil) -> HTML {
    div(.class("nhsuk-panel")) {
        h1(.class("nhsuk-panel__title")) { title }
        if let words { div(.class("nhsuk-panel__body")) { words } }
    }
}

/// Words that stand out.
package func inset(
    _ say: Phrases = Phrases(),
    @HTMLBuilder content: () -> HTML
) -> HTML {
    div(.class("nhsuk-inset-text")) {
        span(.class("nhsuk-u-visually-hidden")) { say("Information:") + " " }
        content()
    }
}

/// Words that warn, under a heading.
package func warning(
    _ title: String,
    _ say: Phrases = Phrases(),
    @HTMLBuilder content: () -> HTML
) -> HTML {
    div(.class("nhsuk-card nhsuk-card--warning")) {
        div(.class("nhsuk-card__content")) {
            h2(.class("nhsuk-card__heading")) {
                span(.class("nhsuk-u-visually-hidden")) { say("Important:") }
                " " + title
            }
            content()
        }
    }
}

/// Words that somebody typed, which run as their own language does, whatever the page's.
package func asTyped(_ text: String) -> HTML { span(.dir("auto")) { text } }

/// Something that opens, or that is open already because something in it is to be mended.
package func reveal(
    _ words: String,
    isOpen: Bool = false,
    @HTMLBuilder content: () -> HTML
) -> HTML {
    details(.class("nhsuk-details"), .flag("open", if: isOpen)) {
        summary(.class("nhsuk-details__summary")) {
            span(.class("nhsuk-details__summary-text")) { words }
        }
        div(.class("nhsuk-details__text"), content: content)
    }
}

/// A number that leads to its list.
package struct Tile: Sendable {
    package var number: Int
    package var words: String
    package var path: String
    package var isUrgent: Bool

    /// - Parameters:
    ///   - words: what is counted.
    ///   - one: the words where there is one of them, if they differ.
    package init(
        _ number: Int,
        _ words: String,
        _ path: String,
        one: String? = nil,
        isUrgent: Bool = false
    ) {
        self.number = number
        self.words = number == 1 ? one ?? words : words
        self.path = path
        self.isUrgent = isUrgent
    }
}

/// Tiles side by side.
package func tiles(_ tiles: [Tile], selected path: String? = nil) -> HTML {
    ul(.class("gw-tiles")) {
        for tile in tiles {
            li(.class("gw-tile" + (tile.isUrgent && tile.number > 0 ? " gw-tile--urgent" : ""))) {
                a(
                    .class("gw-tile__link"),
                    .href(tile.path),
                    tile.path == path ? .aria("current", "page") : nil
                ) {
                    span(.class("gw-tile__number")) { grouped(tile.number) }
                    span(.class("gw-tile__words")) { " " + tile.words }
                }
            }
        }
    }
}

/// What happened, day by day, the latest first.
package struct Timeline: Sendable {
    package var items: [(day: CivilDate, what: HTML, by: String?)] = []

    package init() {}

    package mutating func add(_ day: CivilDate, by: String? = nil, @HTMLBuilder _ what: () -> HTML)
    {
        items.append((day, what(), by))
    }

    package var html: HTML {
        ol(.class("gw-timeline")) {
            for item in items {
                li(.class("gw-timeline__item")) {
                    time(.class("gw-timeline__day"), Attribute("datetime", item.day.iso)) {
                        item.day.uk
                    }
                    div(.class("gw-timeline__what")) {
                        item.what
                        if let by = item.by { span(.class("gw-timeline__by")) { " " + by } }
                    }
                }
            }
        }
    }
}
