import FHIRMapping
import FHIRModel
import Kernel
import Web

/// Which versions of a resource are asked for: `_count`, `_since`, and where a page begins.
struct HistoryPage {
    private var count: Int?
    private var since: Instant?
    /// Only versions before this number: how the next page goes on.
    private var before: Int?
    private let query: Form

    private static let place = "_before"

    init(_ call: FHIRCall) throws {
        query = call.request.query
        var issues: [FHIRIssue] = []
        for field in query.fields {
            let value = field.value
            switch field.name {
            case "_count":
                count = Int(value).flatMap { $0 < 0 ? nil : $0 }
                if count == nil {
                    issues.append(FHIRIssue(.value, "_count is a whole number, not \(value)."))
                }
            case "_since":
                since = Instant(iso: value.replacing(" ", with: "+"))
                if since == nil {
                    issues.append(FHIRIssue(.value, "_since is a moment, not \(value)."))
                }
            case Self.place:
                before = Int(value)
                if before == nil { issues.append(FHIRIssue(.value, "This is no place of ours.")) }
            case "_format", "_pretty": break
            default:
                if !call.isLenient {
                    issues.append(
                        FHIRIssue(.notSupported, "A history cannot be asked for by \(field.name).")
                    )
                }
            }
        }
        if !issues.isEmpty { throw FHIRFault(400, FHIRIssues(issues)) }
    }

    /// Those of the page, the latest first, how many there are in all, and where the next begins.
    func of(_ all: [FHIRVersion]) -> (versions: [FHIRVersion], total: Int, next: Int?) {
        let asked = all.sorted { $0.number > $1.number }
            .filter { version in since.map { $0 <= version.lastUpdated } ?? true }
        let left = asked.filter { version in before.map { version.number < $0 } ?? true }
        guard let count else { return (left, asked.count, nil) }
        let page = Array(left.prefix(count))
        let hasMore = left.count > page.count
        return (page, asked.count, hasMore ? page.last?.number : nil)
    }

    func url(_ reference: String, _ call: FHIRCall, before: Int? = nil) -> String {
        var query = query
        if let before { query.set(Self.place, String(before)) }
        let place = "\(call.address)/\(reference)/_history"
        return query.isEmpty ? place : place + "?" + URLEncoding.encode(query)
    }
}
