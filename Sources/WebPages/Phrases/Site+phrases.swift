import Application
import Web

extension Site {
    package static let languageCookie = "gw_language"

    /// The words in the language that the visitor chose.
    func phrases(for request: Request) async throws -> Phrases {
        let tag = request.cookie(Self.languageCookie)
        guard let locale = Locale.all.first(where: { $0.tag == tag }), locale != .english else {
            return Phrases()
        }
        return Phrases(locale: locale, texts: try await goodwork.translations(of: locale.tag))
    }
}
