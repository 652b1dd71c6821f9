import Application
import Kernel
import Web

/// A page of a list, and the way to the next one.
///
/// A cursor names the last item that was given, so that nobody is left out or told twice when the
/// list changes between two pages.
struct Page<Item> {
    static var usual: Int { 50 }
    static var max: Int { 200 }

    var items: [Item]
    var total: Int
    var next: String?

    /// Takes a page out of a whole list.
    init(_ all: [Item], _ call: Call, id: (Item) -> String) {
        let limit = call.query("limit").flatMap { Int($0) } ?? Self.usual
        var start = 0
        if let cursor = call.query("cursor").flatMap(Cursor.init(text:)) {
            let last = all.firstIndex { id($0) == cursor.last }
            start = last.map { $0 + 1 } ?? Swift.min(cursor.place, all.count)
        }
        items = Array(all[start...].prefix(limit))
        total = all.count
        let end = start + items.count
        if end < all.count, let last = items.last {
            next = call.path(settingCursor: Cursor(place: end, last: id(last)).text)
        }
    }

    init(_ items: [Item], total: Int, next: String?) {
        (self.items, self.total, self.next) = (items, total, next)
    }

    /// The answer, each item made into an object.
    func object(_ make: (Item) -> JSONObject) -> JSONObject {
        var object = JSONObject()
        object.put("items", items.map(make))
        object.put("total", total)
        object.put("next", next)
        return object
    }
}

/// Where a page of a list ended; nothing in it is a secret.
struct Cursor: Hashable {
    var place: Int
    var last: String

    init(place: Int, last: String) {
        self.place = place
        self.last = last
    }

    init?(text: String) {
        guard let bytes = Base64URL.bytes(text) else { return nil }
        let halves = String(decoding: bytes, as: UTF8.self).split(
            separator: " ",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard halves.count == 2, let place = Int(halves[0]), place >= 0 else { return nil }
        self.place = place
        last = String(halves[1])
    }

    var text: String { Base64URL.text(Array("\(place) \(last)".utf8)) }
}

extension Call {
    fileprivate func path(settingCursor cursor: String) -> String {
        var query = request.query
        query.set("cursor", cursor)
        return request.path + "?" + URLEncoding.encode(query)
    }
}

extension APIRoute.Parameter {
    static let limit = APIRoute.Parameter(
        name: "limit",
        schema: .whole(1...Page<Int>.max, "How many at most; 50 where it is not said.")
    )
    static let cursor = APIRoute.Parameter(
        name: "cursor",
        schema: .text(1...400, "Where the last page ended: from its `next`.")
    )
    /// Those of every list.
    static let pages = [limit, cursor]

    init(_ name: String, _ schema: Schema) { self.init(name: name, schema: schema) }
}

extension Schema {
    /// A page of a list.
    static func page(_ of: Schema) -> Schema {
        .object(
            .must("items", .list(of, max: Page<Int>.max)),
            .must("total", .count.saying("How many there are on all pages.")),
            .may("next", .address.saying("The path of the next page; none on the last."))
        )
    }
}
