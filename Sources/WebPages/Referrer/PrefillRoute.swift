import Application
import Web

/// Takes a person over from a clinical system, and shows the form with the answers in it.
///
/// The system's page sends a form here, from another site, so it has no token of ours and often no
/// cookie. Nothing is referred and nobody is looked up: what came is sealed as a draft that only
/// this browser can open, and stands in the form after sign-in. No answer stands in an address.
enum PrefillRoute {
    static let routes: [PageRoute] = [
        .openPost("/refer/prefill") { try await take($0) }
    ]

    /// The most characters of one answer that are kept.
    private static let lengthMax = 200

    private static func take(_ visit: Visit) async throws -> Response {
        var form = Form()
        for field in visit.request.form.fields {
            // Whether the person agrees is asked here, of whoever refers.
            let isAsked = ReferForm.names.contains(field.name) || field.name.hasPrefix("ask_")
            if !isAsked || ["consent", "share"].contains(field.name) { continue }
            if field.value.count <= lengthMax, form.fields.count < 40 {
                form.add(field.name, field.value)
            }
        }
        var response = Response.redirect(to: ReferPage.path)
        guard !form.isEmpty else { return response }
        let token = Tokens.make()
        try await visit.goodwork.keepDraft(
            URLEncoding.encode(form),
            of: nil,
            path: ReferPage.path,
            token: token
        )
        response.setCookie(
            Site.draftCookie,
            token,
            maxAgeSeconds: 3_600,
            isSecure: visit.site.settings.isSecure
        )
        return response
    }
}
