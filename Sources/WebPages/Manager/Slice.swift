import Application
import HTML
import Kernel
import Web

/// A hundred rows of a long list, and the way to the others.
struct Slice<Row: Sendable>: Sendable {
    static var rowsMax: Int { 100 }

    let rows: [Row]
    let total: Int
    private let number: Int
    private let path: String
    private let query: Form

    /// The part of a list that the query's `page` asks for.
    init(_ all: [Row], _ visit: Visit) {
        query = visit.request.query
        total = all.count
        path = visit.request.path
        let pages = max(1, (all.count + Self.rowsMax - 1) / Self.rowsMax)
        number = min(max(1, query["page"].flatMap { Int($0) } ?? 1), pages)
        rows = Array(all.dropFirst((number - 1) * Self.rowsMax).prefix(Self.rowsMax))
    }

    /// Which rows these are, and links to those before and after; nothing when they are all.
    var links: HTML {
        guard total > Self.rowsMax else { return HTML() }
        let first = (number - 1) * Self.rowsMax + 1
        let last = first + rows.count - 1
        return p { "\(grouped(first)) to \(grouped(last)) of \(grouped(total))" }
            + pagination(page: number, of: (total + Self.rowsMax - 1) / Self.rowsMax) { page in
                var query = query
                query.set("page", String(page))
                return "\(path)?\(URLEncoding.encode(query))"
            }
    }
}
