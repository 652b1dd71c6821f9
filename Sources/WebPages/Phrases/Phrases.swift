/// The words of the pages that residents and the public see, in one language.
///
/// The English words are the key; where a language lacks them, they stand for themselves, and
/// are marked as English (`EnglishMarks`).
package struct Phrases: Sendable {
    package var locale: Locale
    package var texts: [String: String]

    package init(locale: Locale = .english, texts: [String: String] = [:]) {
        self.locale = locale
        self.texts = texts
    }

    /// The phrase in this language, with `{name}` replaced.
    package func callAsFunction(_ english: String, _ values: [String: String] = [:]) -> String {
        var text = texts[english] ?? fallback(english)
        for (name, value) in values {
            text = text.split(separator: "{\(name)}", omittingEmptySubsequences: false)
                .joined(separator: value)
        }
        return text
    }

    private func fallback(_ english: String) -> String {
        locale.isEnglish ? english : EnglishMarks.begin + english + EnglishMarks.end
    }
}

/// A language that pages can be shown in.
package struct Locale: Sendable, Hashable {
    /// Its tag (BCP 47).
    package var tag: String
    /// What its speakers call it.
    package var name: String
    package var isRightToLeft: Bool

    /// English itself, and easy read.
    package var isEnglish: Bool { tag.prefix { $0 != "-" } == "en" }

    package static let english = Locale(tag: "en", name: "English", isRightToLeft: false)
    package static let all = [
        english,
        Locale(tag: "ur", name: "اردو", isRightToLeft: true),
        Locale(tag: "ar", name: "العربية", isRightToLeft: true),
        Locale(tag: "pl", name: "Polski", isRightToLeft: false),
        Locale(tag: "bn", name: "বাংলা", isRightToLeft: false),
        Locale(tag: "so", name: "Soomaali", isRightToLeft: false),
        Locale(tag: "pa", name: "ਪੰਜਾਬੀ", isRightToLeft: false),
        Locale(tag: "zh", name: "中文", isRightToLeft: false),
        Locale(tag: "en-x-easy", name: "Easy read", isRightToLeft: false),
    ]
}
