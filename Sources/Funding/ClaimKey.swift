import Kernel

/// What one payment is for: the same key is never paid twice.
package struct ClaimKey: Sendable, Hashable, Comparable {
    /// The payment, part or measure of the programme file.
    package var rule: String
    /// Whom it is for; nil for an instalment, a measure or a balance.
    package var person: PersonID?
    /// Counts a person's payments by this rule, the instalments, or the financial years; 0 for a
    /// balance.
    package var ordinal: Int
    /// Nil for money that is in no strand.
    package var strand: String?

    package init(rule: String, person: PersonID? = nil, ordinal: Int, strand: String? = nil) {
        self.rule = rule
        self.person = person
        self.ordinal = ordinal
        self.strand = strand
    }

    /// The same whatever strand it is claimed in.
    package var anywhere: ClaimKey {
        guard person != nil else { return self }
        return ClaimKey(rule: rule, person: person, ordinal: ordinal)
    }

    /// The same for the record that a person's records were joined into.
    func following(_ kept: [PersonID: PersonID]) -> ClaimKey {
        guard let person, let into = kept[person] else { return self }
        return ClaimKey(rule: rule, person: into, ordinal: ordinal, strand: strand)
    }

    package static func < (a: ClaimKey, b: ClaimKey) -> Bool {
        if a.rule != b.rule { return a.rule < b.rule }
        if a.strand != b.strand { return (a.strand ?? "") < (b.strand ?? "") }
        if a.ordinal != b.ordinal { return a.ordinal < b.ordinal }
        guard let one = a.person, let other = b.person else { return a.person == nil }
        return one < other
    }
}
