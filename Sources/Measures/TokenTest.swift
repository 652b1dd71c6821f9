import Kernel
import Programmes

/// A question about one token of a set column, on the day of a report.
///
/// A token is `key`, `key:value`, `key:value@date` or `key@date`. What time decides is kept in it
/// with its date, and settled here:
/// - an appointment `booked@date` is `booked` until the day before, and `unrecorded` from the day;
/// - a clock `running@due` is `running` up to the day it is due, and `missed` after it;
/// - an outcome with a date is there from that day.
/// Any other date is not looked at.
struct TokenTest {
    private let field: SetField
    private let key: [UInt8]
    private let values: [[UInt8]]
    private let asAt: CivilDate

    /// Asks for a token with a key and, unless `values` is empty, with one of some values.
    init(_ field: SetField, key: String, values: [String], asAt: CivilDate) {
        self.field = field
        self.key = Array(key.utf8)
        self.values = values.map { Array($0.utf8) }
        self.asAt = asAt
    }

    /// Whether a token, given as its UTF-8, is one that is asked for.
    func passes(_ token: UnsafeBufferPointer<UInt8>) -> Bool {
        guard token.starts(with: key) else { return false }
        var end = token.count
        var date: CivilDate?
        if end >= key.count + 11, token[end - 11] == UInt8(ascii: "@") {
            date = CivilDate(isoBytes: UnsafeBufferPointer(rebasing: token[(end - 10)...]))
            if date != nil { end -= 11 }
        }
        let hasValue = end > key.count
        if hasValue, token[key.count] != UInt8(ascii: ":") { return false }
        let value = Array(token[(hasValue ? key.count + 1 : end)..<end])
        guard let settled = settle(value, date) else { return false }
        return values.isEmpty || values.contains(settled)
    }

    /// The value that a token has on the day; nil if the token is not there yet.
    private func settle(_ value: [UInt8], _ date: CivilDate?) -> [UInt8]? {
        guard let date else { return value }
        switch field {
        case .outcomes:
            return date <= asAt ? value : nil
        case .clocks where value.elementsEqual("running".utf8):
            return date >= asAt ? value : Array("missed".utf8)
        case .appointments where value.elementsEqual("booked".utf8):
            return date > asAt ? value : Array("unrecorded".utf8)
        default:
            return value
        }
    }
}
