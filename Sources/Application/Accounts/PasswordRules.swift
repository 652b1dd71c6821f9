import Kernel

/// What a password may be: long enough and not a common one (NIST SP 800-63B, section 5.1.1.2).
///
/// There are no rules of composition: they make passwords worse.
package enum PasswordRules {
    package static let charactersMin = 12
    package static let charactersMax = 256

    /// A password that is longer than any that can be set is not looked at.
    static func isTooLong(_ password: String) -> Bool {
        // In bytes first, so that a huge text is not counted through.
        password.utf8.count > charactersMax * 16 || password.count > charactersMax
    }

    static func faults(_ password: String, login: String) -> [Fault] {
        let found = faults(password)
        guard found.isEmpty, isLogin(password, login) else { return found }
        return [fault("is your login", "something that others cannot guess")]
    }

    /// What is wrong with a password, whosever it is to be.
    static func faults(_ password: String) -> [Fault] {
        if isTooLong(password) {
            return [fault("is too long", "at most \(charactersMax) characters")]
        }
        if password.count < charactersMin {
            return [fault("is too short", "\(charactersMin) characters or more")]
        }
        let folded = password.lowercased()
        let letters = Set(folded)
        if letters.count < 4 || common.contains(folded.filter { !$0.isWhitespace }) {
            return [fault("is one that many people use", "something that others cannot guess")]
        }
        return []
    }

    /// Whether a password is the login that goes with it, or its name.
    static func isLogin(_ password: String, _ login: String) -> Bool {
        let (folded, login) = (password.lowercased(), login.lowercased())
        return folded == login || folded == login.prefix(while: { $0 != "@" })
    }

    static func fault(_ problem: String, _ expected: String) -> Fault {
        Fault(field: "new-password", problem: problem, expected: expected)
    }

    /// Those of 12 characters and more that head the lists of stolen passwords, or name this
    /// service.
    private static let common: Set<String> = [
        "123456789012", "1234567890123", "12345678901234", "123456789123", "1234567891011",
        "012345678901", "123123123123", "112233445566", "123456123456", "987654321012",
        "098765432109", "1q2w3e4r5t6y", "1q2w3e4r5t6y7u", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv",
        "qwertyuiop12", "qwertyuiop123", "qwertyuiopas", "qwertyuiopasdf", "qwerty123456",
        "qwerty1234567", "qwertyqwerty", "qwertyasdfgh", "asdfghjkl123", "zxcvbnm12345",
        "abcdefghijkl", "abcdefghijklm", "abcdef123456", "abcd12345678", "abc123abc123",
        "passwordpassword", "password1234", "password12345", "password123456", "password2024",
        "password2025", "password2026", "mypassword123", "newpassword1", "changeme1234",
        "changemenow1", "letmeinplease", "letmein12345", "welcome12345", "welcome123456",
        "administrator", "administrator1", "iloveyou1234", "iloveyouforever", "manchester12",
        "manchester123", "manchestercity", "manchesterunited", "correcthorsebatterystaple",
        "goodworkgoodwork", "goodwork1234", "goodwork12345", "goodwork2025", "goodwork2026",
        "workwellworkwell", "workwell1234", "workwell2025", "workwell2026", "sunshine1234",
        "football1234", "liverpool1234", "q1w2e3r4t5y6",
    ]
}
