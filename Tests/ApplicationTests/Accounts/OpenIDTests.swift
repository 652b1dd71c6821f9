import Application
import SQL
import TestSupport
import Testing

/// Whom an OpenID issuer vouches for.
@Suite struct OpenIDTests {
    private static let issuer = "https://id.example.org"

    /// What happens in order: issuer, subject, the email that it verified, and the answer.
    static let table: [(issuer: String, subject: String, email: String?, answer: String)] = [
        ("https://id.example.org", "1", nil, "wrong"),
        ("https://id.example.org", "1", "nobody@example.org", "wrong"),
        ("https://id.example.org", "1", "off@example.org", "wrong"),
        ("https://id.example.org", "1", "Ada@Example.org ", "in"),
        ("https://id.example.org", "1", nil, "in"),
        ("https://id.example.org", "1", "new-address@example.org", "in"),
        // Whoever else claims the address does not become Ada, at this issuer or another.
        ("https://id.example.org", "2", "ada@example.org", "wrong"),
        ("https://other.example.org", "1", "ada@example.org", "wrong"),
        ("https://other.example.org", "1", nil, "wrong"),
        ("https://other.example.org", "1", "rae@example.org", "in"),
        // Somebody with an identity does not take over another account.
        ("https://id.example.org", "1", "ben@example.org", "in"),
        ("https://id.example.org", "3", "ben@example.org", "in"),
    ]

    @Test("An account is linked once, and none is made", arguments: Backend.allCases)
    func linking(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let ada = try await people.add("ada")
            _ = try await people.add("ben")
            _ = try await people.addResident("rae")
            let off = try await people.add("off")
            _ = try await people.goodwork.disable(off.id, by: people.operator)
            for (number, row) in Self.table.enumerated() {
                let answer = try await people.goodwork.signInWith(
                    issuer: row.issuer,
                    subject: row.subject,
                    verifiedEmail: row.email
                )
                #expect(answer.word == row.answer, "\(number)")
                if let token = answer.token, row.issuer == Self.issuer, row.subject == "1" {
                    let signedIn = try await people.goodwork.session(token).signedIn
                    #expect(signedIn?.account.id == ada.id)
                    #expect(signedIn?.stage == .full)
                }
            }
            #expect(try await people.installation.count("accounts") == 4)
            #expect(try await people.goodwork.account(ada.id)?.hasOpenID == true)
            _ = try await people.goodwork.disable(ada.id, by: people.operator)
            let after = try await people.goodwork.signInWith(
                issuer: Self.issuer,
                subject: "1",
                verifiedEmail: nil
            )
            #expect(after == .wrong)
        }
    }
}
