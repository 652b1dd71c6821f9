import Foundation
import Kernel

/// A message by email (RFC 5322).
package struct Mail: Sendable, Hashable {
    /// The same for each attempt: a reader's program shows a second copy as the first.
    package var id: String
    package var to: String
    package var subject: String
    package var text: String
    package var at: Instant

    package init(id: String, to: String, subject: String, text: String, at: Instant) {
        self.id = id
        self.to = to
        self.subject = subject
        self.text = text
        self.at = at
    }

    /// Whether something can stand as an address in a command and a header: no more is asked, and
    /// nothing that could begin another line or another address.
    static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
            && text.utf8.allSatisfy {
                $0 > 0x20 && $0 < 0x7F && !Array("<>,;:\"()[]\\".utf8).contains($0)
            }
    }

    func headers(from: String) -> [String] {
        let host = from.split(separator: "@").last ?? "goodwork"
        return [
            "From: <\(from)>", "To: <\(to)>", "Subject: \(Self.encoded(subject))",
            "Date: \(Self.date(at))", "Message-ID: <\(id)@\(host)>",
            // No machine answers it (RFC 3834, 5).
            "Auto-Submitted: auto-generated",
        ]
    }

    /// A subject as it stands in a header: in words of its own where it is not plain (RFC 2047).
    static func encoded(_ text: String) -> String {
        let flat = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        if flat.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), flat.utf8.count < 60 { return flat }
        var words: [String] = []
        var part = ""
        func end() {
            words.append("=?utf-8?B?\(Data(part.utf8).base64EncodedString())?=")
            part = ""
        }
        for character in flat {
            if part.utf8.count + String(character).utf8.count > 42 { end() }
            part.append(character)
        }
        if !part.isEmpty { end() }
        return words.joined(separator: "\r\n ")
    }

    /// A moment as a header says it (RFC 5322, 3.3), in UTC.
    static func date(_ at: Instant) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
        return formatter.string(
            from: Date(timeIntervalSince1970: Double(at.milliseconds) / 1000)
        )
    }
}
