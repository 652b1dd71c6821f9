import HTML
import Web

/// Choosing the language of the pages.
enum LanguagePage {
    static func page(_ visit: Visit) -> Response {
        let phrases = visit.phrases
        return visit.page(phrases("Language")) {
            h1 { phrases("Language") }
            p { phrases("Words that are not there in your language are shown in English.") }
            visit.sentForm(to: "/language") {
                Fields.hidden("then", visit.request.query["then"] ?? "/")
                ul(.class("nhsuk-list")) {
                    for locale in Locale.all { li { one(locale, visit) } }
                }
            }
        }
    }

    /// Each name stands in its own language.
    private static func one(_ locale: Locale, _ visit: Visit) -> HTML {
        let name = span(
            .lang(locale.tag),
            .dir(locale.isRightToLeft ? "rtl" : "ltr")
        ) { locale.name }
        guard locale != visit.phrases.locale else {
            return strong(.aria("current", "true")) { name } + HTML(" ")
                + tag(visit.phrases("in use"), .green)
        }
        return button(
            .class("gw-link-button"),
            .type("submit"),
            .name("language"),
            .value(locale.tag)
        ) { name }
    }

    static func choose(_ visit: Visit) -> Response {
        var response = Response.redirect(to: visit.request.form["then"] ?? "/")
        guard let locale = Locale.all.first(where: { $0.tag == visit.request.form["language"] })
        else { return response }
        response.setCookie(
            Site.languageCookie,
            locale.tag,
            maxAgeSeconds: 31_536_000,
            isSecure: visit.site.settings.isSecure
        )
        return response
    }
}
