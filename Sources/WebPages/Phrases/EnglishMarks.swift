import Web

/// Marks around a phrase that is shown in English on a page in another language.
///
/// They are noncharacters of Unicode, U+FDD0 and U+FDD1, which are for a program's own use and stand in no text. On
/// the way out they become `<span lang="en" dir="ltr">`, so that a screen reader speaks the words
/// as English and they run from left to right; where no element can stand, they are taken out.
enum EnglishMarks {
    static let begin = String(decoding: [0xEF, 0xB7, 0x90] as [UInt8], as: UTF8.self)
    static let end = String(decoding: [0xEF, 0xB7, 0x91] as [UInt8], as: UTF8.self)

    private static let opening = Array(#"<span lang="en" dir="ltr">"#.utf8)
    private static let closing = Array("</span>".utf8)
    /// Elements that hold text and no elements.
    private static let textOnly = ["title", "option", "textarea"].map { Array($0.utf8) }
    private static let less = UInt8(ascii: "<")
    private static let greater = UInt8(ascii: ">")

    /// A response as it leaves.
    static func settle(_ response: inout Response) {
        let isPage = response["Content-Type"]?.hasPrefix("text/html") == true
        response.body = settled(response.body, isPage: isPage)
    }

    /// - Parameter isPage: else it is another kind of file, which has no place for a language.
    static func settled(_ body: [UInt8], isPage: Bool) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(body.count + 1_024)
        var isTag = false
        var holdsText = false
        // Phrases may stand in phrases; the outermost counts.
        var depth = 0
        var place = 0
        while place < body.count {
            let byte = body[place]
            if let mark = mark(body, at: place) {
                place += 3
                guard isPage, !isTag, !holdsText else { continue }
                if mark, depth == 0 { out += opening }
                if !mark, depth == 1 { out += closing }
                depth = max(0, depth + (mark ? 1 : -1))
                continue
            }
            if isPage, byte == less {
                // A phrase holds no element: what is open here was typed by somebody.
                if depth > 0 { out += closing }
                depth = 0
                isTag = true
                let isEnd = place + 1 < body.count && body[place + 1] == UInt8(ascii: "/")
                let name = body[(place + (isEnd ? 2 : 1))...]
                if textOnly.contains(where: name.starts) { holdsText = !isEnd }
            }
            if byte == greater { isTag = false }
            out.append(byte)
            place += 1
        }
        return out
    }

    /// Whether a mark begins (true) or ends (false) at a place; nil when there is none.
    private static func mark(_ body: [UInt8], at place: Int) -> Bool? {
        guard place + 2 < body.count, body[place] == 0xEF, body[place + 1] == 0xB7 else {
            return nil
        }
        switch body[place + 2] {
        case 0x90: return true
        case 0x91: return false
        default: return nil
        }
    }
}
