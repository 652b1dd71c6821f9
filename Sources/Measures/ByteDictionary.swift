/// Distinct texts, each with a code: 1 for the first, 2 for the next, and 0 for the empty text.
///
/// Texts lie end to end in one array. They are found by a hash of their bytes in an open-addressed
/// table, after a look at the text that was asked for last, which in a column is often the same.
struct ByteDictionary: Sendable {
    /// The texts, one after the other.
    private var bytes: [UInt8] = []
    /// Where each text ends in `bytes`, by code.
    private var ends: [Int] = [0]
    /// The hash of each text, by code.
    private var hashes: [UInt32] = [0]
    /// Codes by hash; 0 is free and the count is a power of two, at least twice that of the texts.
    private var slots: [UInt32] = Array(repeating: 0, count: 16)
    /// The code that was given last.
    private var latest: UInt32 = 0

    /// How many texts there are, without the empty one.
    var count: Int { ends.count - 1 }

    /// Bytes of memory held.
    var memory: Int {
        bytes.capacity + ends.capacity * 8 + hashes.capacity * 4 + slots.capacity * 4
    }

    /// The text of a code.
    subscript(code: UInt32) -> String {
        withText(of: code) { String(decoding: $0, as: UTF8.self) }
    }

    /// Calls `body` with the bytes of a code's text.
    func withText<Result>(
        of code: UInt32,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let range = range(of: code)
        return bytes.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[range]))
        }
    }

    /// The code of a text, which gets one if it is new.
    mutating func code(of text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        guard text.count > 0 else { return 0 }
        if latest != 0, matches(text, latest) { return latest }
        let hash = hashOf(text)
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let code = slots[slot]
            if hashes[Int(code)] == hash, matches(text, code) {
                latest = code
                return code
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        let code = UInt32(ends.count)
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        hashes.append(hash)
        slots[slot] = code
        latest = code
        if ends.count * 2 > slots.count { grow() }
        return code
    }

    /// The code of a text, or nil if no row has ever held it; the empty text is 0.
    func find(_ text: String) -> UInt32? {
        var text = text
        return text.withUTF8 { text in
            guard text.count > 0 else { return 0 }
            let hash = hashOf(text)
            var slot = Int(hash) & (slots.count - 1)
            while slots[slot] != 0 {
                let code = slots[slot]
                if hashes[Int(code)] == hash, matches(text, code) { return code }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    private func range(of code: UInt32) -> Range<Int> {
        guard code > 0 else { return 0..<0 }
        return ends[Int(code) - 1]..<ends[Int(code)]
    }

    /// Whether a text is that of a code, which is not 0.
    private func matches(_ text: UnsafeBufferPointer<UInt8>, _ code: UInt32) -> Bool {
        let start = ends[Int(code) - 1]
        guard ends[Int(code)] - start == text.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            for index in 0..<text.count where bytes[start + index] != text[index] {
                return false
            }
            return true
        }
    }

    private mutating func grow() {
        let mask = slots.count * 4 - 1
        slots = Array(repeating: 0, count: mask + 1)
        for code in 1..<ends.count {
            var slot = Int(hashes[code]) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(code)
        }
    }

    /// A hash of eight bytes at a time, by multiplying and folding.
    private func hashOf(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let raw = UnsafeRawBufferPointer(text)
        var hash = UInt64(raw.count) &* 0x9E37_79B9_7F4A_7C15
        var index = 0
        while index + 8 <= raw.count {
            hash = fold(hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        var rest: UInt64 = 0
        while index < raw.count {
            rest = rest << 8 | UInt64(raw[index])
            index += 1
        }
        return UInt32(truncatingIfNeeded: fold(hash ^ rest))
    }

    private func fold(_ bits: UInt64) -> UInt64 {
        let product = (bits ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
        return product.high ^ product.low
    }
}
