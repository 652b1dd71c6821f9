/// A set of tokens for each row, held as the code of the whole text of the cell.
///
/// The distinct texts are few beside the rows, and the distinct tokens few beside the texts: a
/// question about a token is put to each token once, then to each text, then to the rows.
struct SetColumn: Sendable {
    private(set) var cells = CodeColumn()
    private(set) var tokens = ByteDictionary()
    /// The codes of each text's tokens, text after text.
    private(set) var tokensOfTexts: [UInt32] = []
    /// Where the tokens of each text end, by the code of the text.
    private(set) var ends: [Int] = [0]

    /// Sets a cell of a row, which may be the one after the last.
    mutating func put(_ text: UnsafeBufferPointer<UInt8>, row: Int) {
        let code = cells.put(text, row: row)
        guard code >= ends.count else { return }
        var start = 0
        for index in 0...text.count where index == text.count || text[index] == 0x20 {
            if index > start {
                let token = UnsafeBufferPointer(rebasing: text[start..<index])
                tokensOfTexts.append(tokens.code(of: token))
            }
            start = index + 1
        }
        ends.append(tokensOfTexts.count)
    }

    /// For each text, by code, 1 if one of its tokens passes and 0 if none does.
    func texts(whereAnyToken passes: (UnsafeBufferPointer<UInt8>) -> Bool) -> [UInt8] {
        var tokenPasses: [UInt8] = [0]
        for code in 0..<UInt32(tokens.count) {
            tokenPasses.append(tokens.withText(of: code + 1) { passes($0) ? 1 : 0 })
        }
        var result = Array(repeating: UInt8(0), count: ends.count)
        for code in 1..<max(ends.count, 1) {
            for place in ends[code - 1]..<ends[code] {
                result[code] |= tokenPasses[Int(tokensOfTexts[place])]
            }
        }
        return result
    }

    mutating func fill(to rows: Int) { cells.fill(to: rows) }

    mutating func remove(_ rows: [Int]) { cells.remove(rows) }

    /// Bytes of memory held.
    var memory: Int {
        cells.memory + tokens.memory + tokensOfTexts.capacity * 4 + ends.capacity * 8
    }
}
