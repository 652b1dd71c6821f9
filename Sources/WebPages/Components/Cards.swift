import HTML

/// A box with a heading; the heading leads to a page when there is one.
package func card(
    _ title: String,
    to path: String? = nil,
    @HTMLBuilder content: () -> HTML
) -> HTML {
    div(.class(path == nil ? "nhsuk-card" : "nhsuk-card nhsuk-card--clickable")) {
        div(.class("nhsuk-card__content")) {
            h2(.class("nhsuk-card__heading nhsuk-heading-m")) {
                if let path {
                    a(.class("nhsuk-card__link"), .href(path)) { title }
                } else {
                    title
                }
            }
            content()
        }
    }
}

/// Cards or figures side by side, as many as there is room for.
package func beside(@HTMLBuilder content: () -> HTML) -> HTML {
    div(.class("gw-beside"), content: content)
}

/// Buttons and links of one form, side by side.
package func buttons(@HTMLBuilder content: () -> HTML) -> HTML {
    div(.class("nhsuk-button-group"), content: content)
}

/// A number with its words: what it counts, and how that is defined.
package func definition(
    _ number: String,
    _ words: String,
    says: String? = nil,
    to path: String? = nil
) -> HTML {
    div(.class("gw-definition")) {
        p(.class("gw-definition__number")) {
            if let path {
                a(.href(path)) {
                    number
                    span(.class("nhsuk-u-visually-hidden")) { " " + words }
                }
            } else {
                number
            }
        }
        p(.class("gw-definition__words"), path == nil ? nil : .aria("hidden", "true")) { words }
        if let says { p(.class("gw-definition__says")) { says } }
    }
}

/// What stands where a list would be, and what to do next.
package func emptyState(
    _ words: String,
    link: (words: String, path: String)? = nil
) -> HTML {
    div(.class("gw-empty")) {
        p { words }
        if let link { p { a(.href(link.path)) { link.words } } }
    }
}

/// Says that something was done.
package func done(_ words: String, @HTMLBuilder content: () -> HTML = { HTML() }) -> HTML {
    div(
        .class("nhsuk-notification-banner nhsuk-notification-banner--success"),
        .role("alert"),
        .aria("labelledby", "nhsuk-notification-banner-title")
    ) {
        div(.class("nhsuk-notification-banner__header")) {
            h2(
                .class("nhsuk-notification-banner__title"),
                .id("nhsuk-notification-banner-title")
            ) { "Done" }
        }
        div(.class("nhsuk-notification-banner__content")) {
            p(.class("nhsuk-notification-banner__heading")) { words }
            content()
        }
    }
}
