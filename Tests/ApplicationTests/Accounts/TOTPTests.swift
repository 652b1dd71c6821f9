import Application
import Kernel
import TestSupport
import Testing

/// The codes of the second factor, against what the standards print.
@Suite struct TOTPTests {
    /// RFC 6238, appendix B: seconds since 1970 and the code, with SHA-1 and 8 digits.
    @Test(
        "The vectors of RFC 6238",
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"), (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] as [(Int64, String)]
    )
    func vectors(_ seconds: Int64, _ code: String) {
        let secret = Array("12345678901234567890".utf8)
        let step = TOTP.step(at: Instant(milliseconds: seconds * 1_000))
        #expect(TOTP.code(secret: secret, step: step, digits: 8) == code)
        #expect(TOTP.code(secret: secret, step: step) == String(code.suffix(6)))
    }

    @Test(
        "Base32 as RFC 4648 prints it, without padding",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
        ]
    )
    func base32(_ text: String, _ written: String) {
        #expect(Base32.text(Array(text.utf8)) == written)
    }

    @Test(
        "Base64url has one text for some bytes, and no other is read",
        arguments: [
            ([0xFB, 0xFF], "-_8"), ([0x14, 0xFB, 0x9C, 0x03, 0xD9, 0x7E], "FPucA9l-"),
            ([], ""), ([0x14, 0xFB, 0x9C, 0x03], "FPucAw"),
        ] as [([UInt8], String)]
    )
    func base64URL(_ bytes: [UInt8], _ text: String) {
        #expect(Base64URL.text(bytes) == text)
        #expect(Base64URL.bytes(text) == bytes)
        for other in [text + "A", text + "=", text + "+", text.dropLast() + "\u{E9}"] {
            #expect(Base64URL.bytes(other) != bytes)
        }
    }

    @Test("Bits that stand for nothing are no second spelling")
    func oneSpelling() {
        #expect(Base64URL.bytes("-_8") != nil)
        #expect(Base64URL.bytes("-_9") == nil)
        #expect(Base64URL.bytes("FPucAx") == nil)
    }

    /// How far the app's clock may differ: steps away, and whether the code is taken.
    @Test(
        "A code of the step before, of now and of the next is taken",
        arguments: [(-2, false), (-1, true), (0, true), (1, true), (2, false)] as [(Int64, Bool)]
    )
    func drift(_ steps: Int64, _ isTaken: Bool) async throws {
        try await withPeople(.sqlite) { people in
            _ = try await people.add("ada")
            let secret = try await people.signInFully("ada").secret
            people.wait(minutes: 5)
            let begun = try #require(try await people.signIn("ada").token)
            let answer = try await people.goodwork.giveSecondFactor(
                begun,
                code: people.code(secret, steps: steps),
                remote: People.remote
            )
            #expect(answer.word == (isTaken ? "in" : "wrong"))
        }
    }
}
