import Directory

/// What is kept of the guide in memory between questions, until it changes.
package actor GuideMemory {
    private var kept: (changes: Int, guide: Guide)?
    /// With what the programme files tell; another day or another file asks for it anew.
    private var whole: (key: Key, guide: Guide)?

    struct Key: Hashable {
        var changes: Int
        var told: [String]
    }

    package init() {}

    func guide(at changes: Int) -> Guide? { kept?.changes == changes ? kept?.guide : nil }

    func keep(_ guide: Guide, at changes: Int) {
        // Two may have asked at once: the later knowledge stays.
        if let kept, kept.changes > changes { return }
        kept = (changes, guide)
    }

    func guide(_ key: Key) -> Guide? { whole?.key == key ? whole?.guide : nil }

    func keep(_ guide: Guide, _ key: Key) {
        if let whole, whole.key.changes > key.changes { return }
        whole = (key, guide)
    }
}
