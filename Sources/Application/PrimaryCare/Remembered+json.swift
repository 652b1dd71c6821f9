import Kernel
import Measures
import PrimaryCare
import Store

extension PracticeTable.Remembered {
    /// The counts as they are kept, sealed: always in the same order.
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for name in counts.keys.sorted() {
            writer.key(hidden.contains(name) ? "-" + name : name)
            writer.int(counts[name] ?? 0)
        }
        writer.endObject()
        return writer.bytes
    }

    init(_ look: Store.Look) throws {
        guard let audience = Audience(rawValue: look.audience),
            let object = (try? JSONValue(parsing: look.counts))?.object
        else { throw StoreError.damaged("a row of practice_looks cannot be read") }
        var counts: [String: Int] = [:]
        var hidden: Set<String> = []
        for (key, value) in object.members {
            let name = key.hasPrefix("-") ? String(key.dropFirst()) : key
            counts[name] = value.int ?? 0
            if name != key { hidden.insert(name) }
        }
        self.init(audience: audience, asAt: look.asAt, counts: counts, hidden: hidden)
    }
}
