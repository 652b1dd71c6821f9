extension Phrases {
    /// Every phrase that can be translated, in the order of the alphabet.
    static let catalogue: [String] = Array(
        Set(written + Navigation.entries.map(\.words) + inFooter)
    ).sorted()

    /// What stands in `phrases("…")` in the sources; a test holds the two together.
    static let written = [
        "Sign out",
        "Skip to main content",
        "There is a problem",
    ]

    /// The words at the foot of every page.
    private static let inFooter = ["Accessibility statement", "Your data", "Language"]
}
