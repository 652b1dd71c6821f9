import Application
import HTML
import Kernel
import Store

extension ToldPair {
    /// The cases of one record.
    static func words(_ references: [String]) -> String {
        references.isEmpty ? "no case" : references.joined(separator: ", ")
    }

    /// The cases of both.
    var cases: String {
        let between = pair.kind == .joined ? "into" : "and"
        return "\(Self.words(oneCases)) \(between) \(Self.words(otherCases))"
    }

    /// Why it was said.
    var why: String? { pair.kind == .joined ? pair.reason ?? "Erased" : pair.reason }

    private var state: HTML {
        switch pair.kind {
        case .joined: pair.undone == nil ? tag("Joined", .blue) : tag("Parted", .grey)
        case .apart: pair.undone == nil ? tag("Two people", .blue) : tag("Withdrawn", .grey)
        }
    }

    /// Pairs, each with its page below a path.
    static func table(
        _ visit: Visit,
        _ caption: String,
        _ pairs: [ToldPair],
        at path: String
    ) -> HTML {
        var table = ListTable(caption, ["When", "Cases", "By", "Why", "State"], hidesCaption: true)
        for told in pairs {
            table.add(
                a(.href("\(path)/\(told.pair.id)")) { told.pair.saidAt.loggedAt },
                HTML(told.cases),
                HTML(visit.names[told.pair.saidBy]),
                HTML(told.why ?? "–"),
                told.state
            )
        }
        return table.html
    }
}
