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
            documentHead((problems.isEmpty ? "" : phrases("Error:") + " ") + title)
            body {
                a(.class("nhsuk-skip-link"), .href("#main")) { phrases("Skip to main content") }
                banner(width)
                div(.class(container(width))) {
                    if let back {
                        nav(.class("gw-back"), .aria("label", phrases("Back"))) {
                            a(.class("nhsuk-back-link"), .href(back.path)) { back.words }
                        }
                    }
                    main(
                        .class("nhsuk-main-wrapper" + (width == .reading ? " gw-reading" : "")),
                        .id("main")
                    ) {
                        glassBanner
                        keptBanner
                        errorSummary(problems)
                        content()
                    }
                }
                foot(width)
            }
        }
        return Response(page: markup, status: problems.isEmpty ? 200 : 422)
    }

    /// Header, content and footer are equally wide; those who work here have the whole screen.
    private func container(_ width: PageWidth) -> String {
        "nhsuk-width-container" + (width == .full || isOfStaff ? " gw-wide" : "")
    }

    private func documentHead(_ title: String) -> HTML {
        head {
            meta(Attribute("charset", "utf-8"))
            HTML(element: "title", [], HTML("\(title) – \(site.settings.name)"))
            meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
            meta(.name("robots"), .content("noindex"))
            meta(.name("theme-color"), .content("#005eb8"))
            for path in site.assets.styles { link(.rel("stylesheet"), .href(path)) }
            if let icon = site.assets.icon {
                link(.rel("icon"), .href(icon), .type("image/svg+xml"))
            }
        }
    }

    private func banner(_ width: PageWidth) -> HTML {
        header(.class("nhsuk-header"), .role("banner")) {
            div(.class("nhsuk-header__container " + container(width))) {
                div(.class("nhsuk-header__service")) {
                    a(.class("nhsuk-header__service-name"), .href("/")) { site.settings.name }
                }
                account
            }
            if visitor != nil { navigation(width) }
        }
    }

    /// Says on every page of a case that its glass is broken, and until when.
    private var glassBanner: HTML {
        guard let end = glassEnds else { return HTML() }
        return inset {
            p {
                strong { "You opened this case in an emergency." }
                " You can read it until \(CaseWords.time(end)) on \(end.civilDateUK.uk), and change "
                "nothing. Your reason will be reviewed."
            }
        }
    }

    /// Says that what stands in the form was typed before a session ended.
    private var keptBanner: HTML {
        guard isKept else { return HTML() }
        return inset {
            p(.role("alert")) {
                strong { phrases("You were signed out, so nothing was saved.") }
                " "
                phrases("Look over what you typed, then send it again.")
            }
        }
    }

    private var account: HTML {
        nav(.class("nhsuk-header__account"), .aria("label", phrases("Account"))) {
            ul(.class("nhsuk-header__account-list")) {
                if let visitor {
                    accountItem { accountLink("/account") { whoIsHere(visitor) } }
                    accountItem { signOut }
                } else {
                    accountItem { accountLink("/sign-in") { HTML(phrases("Sign in")) } }
                }
            }
        }
    }

    private func accountItem(@HTMLBuilder content: () -> HTML) -> HTML {
        li(.class("nhsuk-header__account-item"), content: content)
    }

    private func accountLink(_ path: String, @HTMLBuilder content: () -> HTML) -> HTML {
        a(.class("nhsuk-header__account-link"), .href(path), content: content)
    }

    private func whoIsHere(_ visitor: Visitor) -> HTML {
        span {
            visitor.name
            span(.class("gw-account__organisation")) { ", " + names[visitor.actor.organisation] }
        }
    }

    private var signOut: HTML {
        form(
            .class("nhsuk-header__account-form"),
            .action("/sign-out"),
            .method("post"),
            .flag("novalidate")
        ) {
            Fields.hidden("_csrf", csrf)
            button(.class("nhsuk-header__account-button"), .type("submit")) {
                phrases("Sign out")
            }
        }
    }

    private func navigation(_ width: PageWidth) -> HTML {
        let entries = Navigation.entries.filter { $0.isFor(self) }
        let here = entries.last { (request.path + "/").hasPrefix($0.path + "/") }
        guard !entries.isEmpty else { return HTML() }
        return nav(.class("nhsuk-header__navigation"), .aria("label", phrases("Menu"))) {
            div(.class("nhsuk-header__navigation-container " + container(width))) {
                ul(.class("nhsuk-header__navigation-list")) {
                    for entry in entries { menuItem(entry, isHere: entry.path == here?.path) }
                }
            }
        }
    }

    private func menuItem(_ entry: Navigation, isHere: Bool) -> HTML {
        let item = "nhsuk-header__navigation-item"
        return li(.class(isHere ? "\(item) \(item)--current" : item)) {
            a(
                .class("nhsuk-header__navigation-link"),
                .href(entry.path),
                isHere ? .aria("current", "page") : nil
            ) {
                if isHere {
                    strong(.class("\(item)-current-fallback")) { phrases(entry.words) }
                } else {
                    phrases(entry.words)
                }
            }
        }
    }

    private func foot(_ width: PageWidth) -> HTML {
        footer(.class("nhsuk-footer"), .role("contentinfo")) {
            div(.class(container(width))) {
                div(.class("nhsuk-footer__meta")) {
                    h2(.class("nhsuk-u-visually-hidden")) { phrases("About this service") }
                    ul(.class("nhsuk-footer__list")) {
                        for (words, path) in [
                            ("Accessibility statement", "/accessibility"),
                            ("Your data", "/privacy"),
                            ("Language", "/language?then=" + URLEncoding.encode(request.path)),
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
            .id("error-summary"),
            Attribute("tabindex", "-1"),
            // The focus moves here without a script.
            .flag("autofocus")
        ) {
            div(.role("alert")) {
                h2(.class("nhsuk-error-summary__title")) { phrases("There is a problem") }
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
