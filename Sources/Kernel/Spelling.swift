/// The candidate spelt most like a word, for "did you mean".
///
/// It is the one at the least Damerau–Levenshtein distance, capitals not counting, and the first
/// of those as near. Nil if the nearest is farther than a third of the word's length, or 2 if that
/// is more, or shares nothing with it. Where either has three letters or fewer, 1 is the farthest:
/// two letters make it another word.
package func nearestSpelling(
    to word: String,
    in candidates: some Sequence<String>
) -> String? {
    let letters = Array(word.lowercased().unicodeScalars)
    let limit = max(2, letters.count / 3)
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
        let other = Array(candidate.lowercased().unicodeScalars)
        guard abs(other.count - letters.count) <= limit else { continue }
        let distance = spellingDistance(letters, other)
        let isShort = min(letters.count, other.count) <= 3
        guard distance <= (isShort ? 1 : limit), distance < max(letters.count, other.count),
            best.map({ distance < $0.distance }) ?? true
        else { continue }
        best = (candidate, distance)
    }
    return best?.candidate
}

/// The least number of letters inserted, removed, changed or swapped with their neighbour that
/// turns one word into the other (optimal string alignment).
private func spellingDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
        var row = [i]
        row.reserveCapacity(b.count + 1)
        for j in 1...b.count {
            let change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
            var least = min(last[j] + 1, row[j - 1] + 1, change)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                least = min(least, beforeLast[j - 2] + 1)
            }
            row.append(least)
        }
        beforeLast = last
        last = row
    }
    return last[b.count]
}
