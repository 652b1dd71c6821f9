import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// How the pages about cases put codes, days and times.
enum CaseWords {
    static func state(_ state: CaseState) -> HTML {
        let colour: TagColour =
            switch state {
            case .referred: .yellow
            case .accepted, .engaged: .blue
            case .started: .green
            case .discharged, .tracking: .purple
            case .closed: .grey
            }
        return tag(Words.capital(state.rawValue), colour)
    }

    static func count(_ number: Int, _ what: String) -> String {
        "\(grouped(number)) \(what)\(number == 1 ? "" : "s")"
    }

    /// Who else must act; nil when it is the coach.
    static func waiting(for owner: String, _ names: Names) -> String? {
        switch owner {
        case "coach": nil
        case "person": "for the person to do"
        case "another": "waiting for somebody else"
        case "referrer", "manager", "provider": "waiting for the \(owner)"
        default: "waiting for \(names[owner])"
        }
    }

    static func strand(_ id: String?, in programme: Programme?) -> String? {
        id.map { id in programme?.strands.first { $0.id == id }?.name ?? Words.capital(id) }
    }

    /// The time of day in the United Kingdom: `13:04`.
    static func time(_ instant: Instant) -> String {
        let summer: Int64 = instant.isBritishSummerTime ? 3_600_000 : 0
        let minutes = (instant.milliseconds + summer) / 60_000 % 1_440
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Answers of a form, from codes.
    static func choices(_ codes: [String]) -> [Choice] {
        codes.map { Choice($0, Words.capital($0)) }
    }

    static func choices(_ named: [Named]) -> [Choice] {
        named.map { Choice($0.id, $0.name) }
    }
}

extension Visit {
    /// A name for something new in a case.
    ///
    /// It follows from the form's key, so that sending the form twice names it once.
    func newName(_ prefix: String) -> String {
        let key = (formKey ?? "").lowercased().filter {
            $0.isASCII && ($0.isLetter || $0.isNumber)
        }
        return key.isEmpty
            ? "\(prefix)-\((opened?.version ?? 0) + 1)" : "\(prefix)-\(key.prefix(12))"
    }

    /// The path of a form about a case, or a heading of the case page where there is no such form.
    func path(toForm form: String, of id: CaseID, or heading: String) -> String {
        let path = "/cases/\(id.text)/\(form)"
        if case .entry = site.table.find(.get, path) { return path }
        return "/cases/\(id.text)#\(heading)"
    }
}
