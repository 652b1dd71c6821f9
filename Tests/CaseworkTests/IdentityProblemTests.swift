import Casework
import Testing

/// What cannot be anybody's name, number or address is said before it is kept.
@Suite struct IdentityProblemTests {
    @Test(
        "Names of any script are taken",
        arguments: [
            "Ann", "O'Brien-Łukasz", "Nguyễn", "Sia\u{302}n", "محمد", "李", "J.", "X Æ A-12",
            "نازنین\u{200C}زهرا",
        ]
    )
    func names(name: String) {
        #expect(Identity.problem(withName: name) == nil)
    }

    @Test(
        "What is no name is not",
        arguments: [
            "", "\u{200B}", "123", "-", "Ann\u{202E}a", "Ann\u{0}", "\u{FEFF}Ann", "An\u{AD}n",
            "Ann\nLee", "Ann\u{2066}",
        ]
    )
    func notNames(name: String) {
        #expect(Identity.problem(withName: name) != nil)
    }

    @Test(
        "No detail is longer than 400 characters, of however many bytes",
        arguments: [IdentityField.givenName, .familyName, .address]
    )
    func lengths(field: IdentityField) {
        let longest = String(repeating: "é", count: 400)
        #expect(Identity.problem(with: longest, in: field) == nil)
        #expect(Identity.problem(with: longest + "e", in: field) == "has more than 400 characters")
    }

    @Test("A telephone number or an email address is no longer either")
    func longNumbers() {
        let digits = String(repeating: "1", count: 401)
        #expect(Identity.problem(with: digits, in: .phone) == "has more than 400 characters")
        let mail = "\(digits)@example.org"
        #expect(Identity.problem(with: mail, in: .email) == "has more than 400 characters")
    }

    @Test(
        "Telephone numbers have seven digits or more, and perhaps an extension",
        arguments: [
            ("0161 496 0000", true), ("+44 (0)161 496-0000", true), ("4960000", true),
            ("0161 496 0000 ext 12", true), ("0161 496 0000 x12", true), ("496000", false),
            ("abc", false), ("", false), ("0161 496 0000 mum", false),
            ("0161 496\u{202E} 0000", false),
        ]
    )
    func phones(phone: String, isOne: Bool) {
        #expect((Identity.problem(withPhone: phone) == nil) == isOne)
    }

    @Test(
        "Email addresses have a dot within their domain",
        arguments: [
            ("name@example.org", true), ("a.b+c@mail.example.org", true), ("a@b", false),
            ("a@b.", false), ("a@.org", false), ("@example.org", false), ("a@b@c.org", false),
            ("a b@example.org", false), ("example.org", false), ("", false),
            ("a\u{200B}@example.org", false),
        ]
    )
    func emails(email: String, isOne: Bool) {
        #expect((Identity.problem(withEmail: email) == nil) == isOne)
    }
}
