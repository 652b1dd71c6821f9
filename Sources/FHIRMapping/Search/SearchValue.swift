import FHIRModel
import Kernel

/// One value of a search parameter.
package enum SearchValue: Sendable, Hashable {
    /// `system|code`; a nil system is any, an empty one none; a nil code is any of the system.
    case token(system: String?, code: String?)
    case reference(type: String?, id: String)
    case date(Prefix, FHIRTime)
    case text(String)

    /// How a date is compared (search.html, prefixes).
    package enum Prefix: String, Sendable, CaseIterable {
        case eq, ne, gt, lt, ge, le, sa, eb
    }

    init?(_ text: String, _ kind: SearchParameters.Kind) {
        if text.isEmpty { return nil }
        switch kind {
        case .token:
            let parts = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 {
                let code = String(parts[1])
                if code.isEmpty, parts[0].isEmpty { return nil }
                self = .token(system: String(parts[0]), code: code.isEmpty ? nil : code)
            } else {
                self = .token(system: nil, code: text)
            }
        case .reference:
            if let reference = FHIRReference(text) {
                self = .reference(type: reference.type, id: reference.id)
            } else if text.isFHIRID {
                self = .reference(type: nil, id: text)
            } else {
                return nil
            }
        case .date:
            let prefix = Prefix(rawValue: String(text.prefix(2)))
            guard let time = FHIRTime(Self.full(prefix == nil ? text : String(text.dropFirst(2))))
            else { return nil }
            self = .date(prefix ?? .eq, time)
        case .string, .uri: self = .text(text)
        }
    }

    /// A time as the standard lets it be written in a search: without seconds, or without a zone.
    ///
    /// A plus that came as a space is put right; no zone is that of the server, the United Kingdom's.
    private static func full(_ text: String) -> String {
        var text = text.replacing(" ", with: "+")
        guard text.utf8.count > 10 else { return text }
        let clock = text.dropFirst(11).prefix { $0 != "Z" && $0 != "+" && $0 != "-" }.count
        let hasZone = text.count > 11 + clock
        if clock == 5 {
            text.insert(contentsOf: ":00", at: text.index(text.startIndex, offsetBy: 16))
        }
        if hasZone { return text }
        let isSummer = Instant(iso: text + "+01:00")?.isBritishSummerTime ?? false
        return text + (isSummer ? "+01:00" : "Z")
    }

    /// The parts of a value between commas that are not escaped.
    static func parts(_ value: String) -> [String] {
        var parts: [String] = [""]
        var isEscaped = false
        for character in value {
            if isEscaped {
                parts[parts.count - 1].append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "," {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts
    }
}
