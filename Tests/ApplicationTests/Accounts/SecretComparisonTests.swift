import Kernel
import Testing

@testable import Application

/// Comparing codes, tokens and links: the same, or not.
@Suite struct SecretComparisonTests {
    @Test("Only what is the same to the last character is the same")
    func all() {
        let texts = (0..<1_000).map { number in
            let digits = String(number)
            return String(repeating: "0", count: 3 - digits.count) + digits
        }
        // All pairs of which one is a multiple of 7: enough to meet each pair of digits anywhere.
        for one in stride(from: 0, to: 1_000, by: 7) {
            for other in texts.indices
            where texts[one].isSameInConstantTime(as: texts[other]) != (one == other) {
                Issue.record("\(texts[one]) and \(texts[other])")
            }
        }
        for (one, other) in [("", "0"), ("12", "123"), ("é", "e"), ("a", "A")] {
            #expect(!one.isSameInConstantTime(as: other))
        }
    }

    @Test("Of the codes near the right one, none but the three of its steps is taken")
    func codes() {
        let secret = Array("12345678901234567890".utf8)
        let now = Instant(milliseconds: 1_111_111_109_000)
        let step = TOTP.step(at: now)
        let right = Set((-1...1).map { TOTP.code(secret: secret, step: step + $0) })
        #expect(right.count == 3)
        for away in (-300...300) {
            let code = TOTP.code(secret: secret, step: step + Int64(away))
            let found = TOTP.step(of: code, secret: secret, at: now)
            #expect((found != nil) == right.contains(code), "\(away) steps away")
        }
    }
}
