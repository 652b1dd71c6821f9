import HTML

/// Buttons and links of one form, side by side.
package func buttons(@HTMLBuilder content: () -> HTML) -> HTML {
    div(.class("nhsuk-button-group"), content: content)
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
package func done(
    _ words: String,
    _ say: Phrases = Phrases(),
    @HTMLBuilder content: () -> HTML = { HTML() }
) -> HTML {
    div(
        .class("nhsuk-notification-banner nhsuk-notification-banner--success"),
        .role("alert"),
        .aria("labelledby", "nhsuk-notification-banner-title")
    ) {
        div(.class("nhsuk-notification-banner__header")) {
            h2(
                .class("nhsuk-notification-banner__title"),
                .id("nhsuk-notification-banner-title")
            ) { say("Done") }
        }
        div(.class("nhsuk-notification-banner__content")) {
            p(.class("nhsuk-notification-banner__heading")) { words }
            content()
        }
    }
}
