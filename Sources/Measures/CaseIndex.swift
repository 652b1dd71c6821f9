import Kernel

/// Finds the row of a case, in an open-addressed table of row numbers.
struct CaseIndex: Sendable {
    /// Rows plus one, by hash of the case; 0 is free and the count is a power of two.
    private var slots: [UInt32] = Array(repeating: 0, count: 16)

    /// Bytes of memory held.
    var memory: Int { slots.capacity * 4 }

    /// The row of a case among `cases`, or nil.
    func row(of id: CaseID, in cases: [CaseID]) -> Int? {
        let mask = slots.count - 1
        var slot = hash(id) & mask
        while slots[slot] != 0 {
            let row = Int(slots[slot]) - 1
            if cases[row] == id { return row }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Adds the last of `cases`.
    mutating func addLast(of cases: [CaseID]) {
        if cases.count * 3 > slots.count * 2 {
            rebuild(cases, slots: slots.count * 2)
        } else if let last = cases.last {
            place(cases.count - 1, last)
        }
    }

    /// Makes the table anew.
    mutating func rebuild(_ cases: [CaseID], slots count: Int? = nil) {
        slots = Array(repeating: 0, count: count ?? slots.count)
        for (row, id) in cases.enumerated() { place(row, id) }
    }

    private mutating func place(_ row: Int, _ id: CaseID) {
        let mask = slots.count - 1
        var slot = hash(id) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(row + 1)
    }

    private func hash(_ id: CaseID) -> Int {
        let bits = (id.low ^ (id.high &* 0x9E37_79B9_7F4A_7C15)) &* 0xE703_7ED1_A0B4_28DB
        return Int(truncatingIfNeeded: bits >> 32)
    }
}
