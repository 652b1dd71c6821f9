import Crypto
import Kernel

/// Codes that change every 30 seconds (RFC 6238 over RFC 4226, SHA-1).
package enum TOTP {
    package static let secondsPerStep: Int64 = 30
    static let secretBytes = 20

    /// The step that a moment falls into, counted from 1970.
    package static func step(at now: Instant) -> Int64 {
        now.milliseconds / 1_000 / secondsPerStep
    }

    /// The code of a step.
    package static func code(secret: [UInt8], step: Int64, digits: Int = 6) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> Int64(56 - $0 * 8)) }
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(
                for: counter,
                using: SymmetricKey(data: secret)
            )
        )
        let offset = Int(mac[19] & 15)
        let bits = mac[offset...(offset + 3)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        var modulus: UInt32 = 1
        for _ in 0..<digits { modulus *= 10 }
        let number = String(bits & 0x7FFF_FFFF % modulus)
        return String(repeating: "0", count: digits - number.count) + number
    }

    /// The step whose code this is: now's, or one before or after for clocks that differ.
    static func step(of code: String, secret: [UInt8], at now: Instant) -> Int64? {
        let now = step(at: now)
        var found: Int64?
        for step in [now - 1, now + 1, now] {
            let wanted = Self.code(secret: secret, step: step)
            if wanted.isSameInConstantTime(as: code) { found = step }
        }
        return found
    }

    /// What an authenticator app is given, as a link or a picture.
    ///
    /// Its form is the Key URI Format of Google Authenticator, which all apps read.
    static func uri(secret: [UInt8], issuer: String, login: String) -> String {
        "otpauth://totp/\(escaped(issuer)):\(escaped(login))?secret=\(Base32.text(secret))"
            + "&issuer=\(escaped(issuer))&algorithm=SHA1&digits=6&period=30"
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        let hex = Array("0123456789ABCDEF")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default: escaped += "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
            }
        }
        return escaped
    }
}
