/// One SQL statement, in the words of both databases.
///
/// Parameters are `$1, $2 …`, numbered in order of first use. Make a statement once, as a `static let`:
/// translating its text costs about as much as running it. The adapters keep each one prepared.
///
/// PostgreSQL infers a parameter's type from where it stands: where nothing says so, as in
/// `SELECT $1` or `$1 + 1`, write `CAST($1 AS BIGINT)`.
package struct Statement: Hashable, Sendable {
    /// The text for SQLite, with `?1, ?2 …`.
    package let sqlite: String
    /// The text for PostgreSQL, with `$1, $2 …`.
    package let postgres: String
    /// Whether it inserts, updates or deletes, by its first word.
    package let changesRows: Bool
    private let hash: Int

    /// Makes a statement whose text serves both; in DDL, `BLOB` becomes PostgreSQL's `BYTEA`.
    package init(_ both: String) {
        self.init(sqlite: both, postgres: Self.isDDL(both) ? Self.withBytea(both) : both)
    }

    /// Makes a statement that the two databases must be told in different words.
    ///
    /// There are at most ten of these in the whole program; a test counts them.
    package init(sqlite: String, postgres: String) {
        self.sqlite = Self.withQuestionMarks(sqlite)
        self.postgres = postgres
        hash = postgres.hashValue
        changesRows = Self.isChange(sqlite)
    }

    /// Feeds the hash that was taken when the statement was made.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(hash)
    }
}

extension Statement: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(value)
    }
}

extension Statement: CustomStringConvertible {
    package var description: String { postgres }
}

extension Statement {
    private static func isChange(_ text: String) -> Bool {
        let verb = text.prefix { !$0.isWhitespace }.uppercased()
        return ["INSERT", "UPDATE", "DELETE", "WITH", "REPLACE"].contains(verb)
    }

    private static func isDDL(_ text: String) -> Bool {
        let words = text.split(maxSplits: 2, whereSeparator: \.isWhitespace)
        guard words.count == 3 else { return false }
        let verb = words[0].uppercased()
        return (verb == "CREATE" || verb == "ALTER") && words[1].uppercased() == "TABLE"
    }

    /// Replaces the word BLOB by BYTEA outside quotes.
    private static func withBytea(_ text: String) -> String {
        rewrite(text) { word in
            word.count == 4 && String(decoding: word, as: UTF8.self).uppercased() == "BLOB"
                ? Array("BYTEA".utf8) : nil
        }
    }

    /// Replaces `$n` by `?n` outside quotes.
    private static func withQuestionMarks(_ text: String) -> String {
        rewrite(text) { word in
            let isParameter =
                word.first == UInt8(ascii: "$") && word.count > 1
                && word.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
            return isParameter ? [UInt8(ascii: "?")] + word.dropFirst() : nil
        }
    }

    /// Offers every word outside quotes for replacement.
    private static func rewrite(
        _ text: String,
        _ replacement: (ArraySlice<UInt8>) -> [UInt8]?
    ) -> String {
        let bytes = Array(text.utf8)
        var written: [UInt8] = []
        written.reserveCapacity(bytes.count + 8)
        var quote: UInt8?
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if quote == nil, isWordByte(byte) {
                let end = bytes[index...].firstIndex { !isWordByte($0) } ?? bytes.count
                let word = bytes[index..<end]
                written += replacement(word) ?? Array(word)
                index = end
                continue
            }
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            }
            written.append(byte)
            index += 1
        }
        return String(decoding: written, as: UTF8.self)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "$"): true
        default: byte >= 0x80
        }
    }
}
