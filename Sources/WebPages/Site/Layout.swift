import Application
import HTML
import Kernel
import Web

/// How wide the words of a page run.
package enum PageWidth: Sendable {
    /// Lines that are easy to read: forms and texts.
    case reading
    /// Lists and case pages.
    case full
}

extension Visit {
    /// A page with header, navigation and footer around its content.
    ///
    /// - Parameters:
    ///   - title: what the browser shows; `Error: ` goes before it when there are problems.
    ///   - back: where the page was come to from.
    package func page(
        _ title: String,
        width: PageWidth = .reading,
        problems: [Problem] = [],
        back: (words: String, path: String)? = nil,
        @HTMLBuilder content: () -> HTML
    ) -> Response {
        let locale = phrases.locale
        let markup = html(.lang(locale.tag), .dir(locale.isRightToLeft ? "rtl" : "ltr")) {
            documentHead((problems.isEmpty ? "" : "Error: ") + title)
            body {
                a(.class("nhsuk-skip-link"), .href("#main")) { phrases("Skip to main content") }
                banner
                div(.class("nhsuk-width-container" + (width == .full ? " gw-wide" : ""))) {
                    if let back {
                        div(.class("gw-back")) {
                            a(.class("nhsuk-back-link"), .href(back.path)) { back.words }
                        }
                    }
                    main(.class("nhsuk-main-wrapper"), .id("main")) {
                        errorSummary(problems)
                        content()
                    }
                }
                foot
            }
        }
        return Response(page: markup, status: problems.isEmpty ? 200 : 422)
    }

    private func documentHead(_ title: String) -> HTML {
        head {
            meta(Attribute("charset", "utf-8"))
            HTML(element: "title", [], HTML("\(title) – \(site.settings.name)"))
            meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
            meta(.name("robots"), .content("noindex"))
            for path in Assets.styles { link(.rel("stylesheet"), .href(path)) }
            link(.rel("icon"), .href(Assets.icon), .type("image/svg+xml"))
        }
    }

    private var banner: HTML {
        header(.class("nhsuk-header"), .role("banner")) {
            div(.class("nhsuk-header__container nhsuk-width-container")) {
                div(.class("nhsuk-header__service")) {
                    a(.class("nhsuk-header__service-name"), .href("/")) { site.settings.name }
                }
                if let visitor { account(visitor) }
            }
            if visitor != nil { navigation }
        }
    }

    private func account(_ visitor: Visitor) -> HTML {
        div(.class("gw-account")) {
            a(.class("gw-account__name"), .href("/account")) {
                visitor.name
                span(.class("gw-account__organisation")) { ", " + visitor.organisationName }
            }
            form(.method("post"), .action("/sign-out"), .class("gw-account__out")) {
                Fields.hidden("_csrf", csrf)
                button(.class("gw-link-button"), .type("submit")) { phrases("Sign out") }
            }
        }
    }

    private var navigation: HTML {
        let entries = Navigation.entries.filter { $0.isFor(self) }
        let here = entries.filter { request.path.hasPrefix($0.path) }
            .max { $0.path.count < $1.path.count }
        return nav(.class("nhsuk-header__navigation"), .aria("label", "Menu")) {
            div(.class("nhsuk-header__navigation-container nhsuk-width-container")) {
                ul(.class("nhsuk-header__navigation-list")) {
                    for entry in entries {
                        li(.class("nhsuk-header__navigation-item")) {
                            a(
                                .class("nhsuk-header__navigation-link"),
                                .href(entry.path),
                                entry.path == here?.path ? .aria("current", "page") : nil
                            ) { phrases(entry.words) }
                        }
                    }
                }
            }
        }
    }

    private var foot: HTML {
        footer(.role("contentinfo")) {
            div(.class("nhsuk-footer")) {
                div(.class("nhsuk-width-container")) {
                    ul(.class("nhsuk-footer__list")) {
                        for (words, path) in [
                            ("Accessibility statement", "/accessibility"),
                            ("Your data", "/privacy"),
                            ("Language", "/language"),
                        ] {
                            li(.class("nhsuk-footer__list-item")) {
                                a(.class("nhsuk-footer__list-item-link"), .href(path)) {
                                    phrases(words)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func errorSummary(_ problems: [Problem]) -> HTML {
        guard !problems.isEmpty else { return HTML() }
        return div(
            .class("nhsuk-error-summary"),
            .aria("labelledby", "error-summary-title"),
            .role("alert"),
            Attribute("tabindex", "-1"),
            .id("error-summary"),
            .flag("autofocus")
        ) {
            h2(.class("nhsuk-error-summary__title"), .id("error-summary-title")) {
                phrases("There is a problem")
            }
            div(.class("nhsuk-error-summary__body")) {
                ul(.class("nhsuk-list nhsuk-error-summary__list")) {
                    for problem in problems {
                        li {
                            if let field = problem.field {
                                a(.href("#\(field)")) { problem.says }
                            } else {
                                problem.says
                            }
                        }
                    }
                }
            }
        }
    }

    /// A form of ours that is sent to a path: with what tells it from others', and a key by which
    /// a second sending is known.
    package func sentForm(
        to path: String,
        isFile: Bool = false,
        @HTMLBuilder content: () -> HTML
    ) -> HTML {
        form(
            .method("post"),
            .action(path),
            Attribute("novalidate", nil),
            isFile ? Attribute("enctype", "multipart/form-data") : nil
        ) {
            Fields.hidden("_csrf", csrf)
            Fields.hidden("_key", request.form.raw("_key") ?? Tokens.make())
            content()
        }
    }

    /// The key by which a second sending of the same form is known.
    package var formKey: String? { request.form["_key"] }
}
