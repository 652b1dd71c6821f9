import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// How the pages about cases put codes, days and times.
enum CaseWords {
    /// A code as a word: `no-answer` is `No answer`.
    static func plain(_ code: String) -> String {
        let words = code.map { $0 == "-" || $0 == "_" ? " " : String($0) }.joined()
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    static func state(_ state: CaseState) -> HTML {
        let colour: TagColour =
            switch state {
            case .referred: .yellow
            case .accepted, .engaged: .blue
            case .started: .green
            case .discharged, .tracking: .purple
            case .closed: .grey
            }
        return tag(plain(state.rawValue), colour)
    }

    /// When something is due, in words and colour: overdue is red.
    static func due(_ day: CivilDate, _ today: CivilDate) -> HTML {
        let days = day - today
        switch days {
        case ..<0: return tag("Overdue by \(count(-days, "day"))", .red)
        case 0: return tag("Due today", .orange)
        case 1: return tag("Due tomorrow", .yellow)
        default: return HTML("Due \(day.uk)")
        }
    }

    static func count(_ number: Int, _ what: String) -> String {
        "\(grouped(number)) \(what)\(number == 1 ? "" : "s")"
    }

    /// Who else must act; nil when it is the coach.
    static func waiting(for owner: String, _ names: Names) -> String? {
        switch owner {
        case "coach": nil
        case "person": "for the person to do"
        case "referrer", "manager", "provider": "waiting for the \(owner)"
        default: "waiting for \(names[owner])"
        }
    }

    static func strand(_ id: String?, in programme: Programme?) -> String? {
        id.map { id in programme?.strands.first { $0.id == id }?.name ?? plain(id) }
    }

    /// The time of day in the United Kingdom: `13:04`.
    static func time(_ instant: Instant) -> String {
        let summer: Int64 = instant.isBritishSummerTime ? 3_600_000 : 0
        let minutes = (instant.milliseconds + summer) / 60_000 % 1_440
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Answers of a form, from codes.
    static func choices(_ codes: [String]) -> [Choice] { codes.map { Choice($0, plain($0)) } }
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
