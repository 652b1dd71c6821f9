import Kernel

/// All that extracts have told of one patient, what was replaced included.
package struct PatientHistory: Hashable, Sendable {
    package var entries: [RecordEntry]

    package init(_ entries: [RecordEntry] = []) { self.entries = entries }

    /// What an extract changed.
    package struct Change: Hashable, Sendable {
        package var added = 0
        /// Entries that say otherwise now.
        package var corrected = 0
        /// Entries that were taken back.
        package var withdrawn = 0
        package var unchanged = 0
        /// Entries that say otherwise than what is newer, each time that they are told: they are
        /// kept beside it.
        package var older = 0

        package init() {}

        /// Whether what stands is another than before.
        package var changes: Bool { added + corrected + withdrawn > 0 }

        package static func += (a: inout Change, b: Change) {
            a.added += b.added
            a.corrected += b.corrected
            a.withdrawn += b.withdrawn
            a.unchanged += b.unchanged
            a.older += b.older
        }
    }

    /// One entry as an extract tells it.
    package struct Told: Hashable, Sendable {
        package var entry: RecordEntry
        /// Whether the practice says that it was entered in error.
        package var isWithdrawn: Bool

        package init(_ entry: RecordEntry, isWithdrawn: Bool = false) {
            self.entry = entry
            self.isWithdrawn = isWithdrawn
        }

        /// Whether this takes back what another, of the same entry of the record, tells: by its id
        /// or, without one, if it is the same code and days.
        fileprivate func takesBack(_ other: Told) -> Bool {
            guard isWithdrawn, !other.isWithdrawn else { return false }
            return entry.id != 0 || (entry.code == other.entry.code && entry.to == other.entry.to)
        }
    }

    /// Takes in what an extract of a day tells of the patient.
    ///
    /// Entries with the same key are one entry of the record: told otherwise, it is a correction.
    /// What an extract does not tell is left as it is.
    package mutating func merge<Entries: Collection>(
        _ told: Entries,
        on day: Int32,
        by list: CodeList
    ) -> Change where Entries.Element == Told {
        var change = Change()
        if entries.isEmpty, !told.contains(where: \.isWithdrawn) {
            for one in told {
                let entry = one.entry.kept(from: day, to: RecordEntry.stands)
                let isKnown = entries.contains { $0.id == entry.id && $0.says(entry) }
                if isKnown { change.unchanged += 1 } else { entries.append(entry) }
            }
            change.added = entries.count
            return change
        }
        adopt(told, by: list)
        let told = told.map { identified($0, among: told, by: list) }
        var done: Set<Key> = []
        for first in told {
            let key = Key(first.entry, list)
            guard done.insert(key).inserted else { continue }
            merge(told.filter { Key($0.entry, list) == key }, key, on: day, by: list, &change)
        }
        return change
    }

    private mutating func merge(
        _ told: [Told],
        _ key: Key,
        on day: Int32,
        by list: CodeList,
        _ change: inout Change
    ) {
        let places = entries.indices.filter { Key(entries[$0], list) == key }
        let standing = places.filter { entries[$0].isStanding }
        let kept = told.filter { one in
            !one.isWithdrawn && !told.contains { $0.takesBack(one) }
        }
        var new: [RecordEntry] = []
        for one in kept where !new.contains(where: { $0.says(one.entry) }) {
            new.append(one.entry)
        }
        let gone = standing.filter { place in
            if !new.isEmpty { return !new.contains { $0.says(entries[place]) } }
            return told.contains { $0.takesBack(Told(entries[place])) }
        }
        let fresh = new.filter { entry in !standing.contains { entries[$0].says(entry) } }
        change.unchanged += kept.count - fresh.count
        let last = places.map { place in
            let entry = entries[place]
            return entry.isStanding ? entry.seen : max(entry.seen, entry.ended)
        }.max()
        for place in standing where !gone.contains(place) {
            entries[place].told = min(entries[place].told, day)
            entries[place].seen = max(entries[place].seen, day)
        }
        if places.isEmpty, new.isEmpty {
            // An older extract may tell it yet: that it was in error is known already.
            for one in told where one.isWithdrawn {
                entries.append(one.entry.kept(from: day, to: day))
            }
            return
        }
        if gone.isEmpty && fresh.isEmpty { return }
        if let last, day < last {
            // What is known is newer: what the old extract said is kept beside it.
            for entry in fresh where !places.contains(where: { entries[$0].says(entry) }) {
                entries.append(entry.kept(from: day, to: last))
            }
            change.older += fresh.count
            return
        }
        for place in gone { entries[place].ended = day }
        for entry in fresh { entries.append(entry.kept(from: day, to: RecordEntry.stands)) }
        let corrected = min(gone.count, fresh.count)
        change.corrected += corrected
        change.withdrawn += gone.count - corrected
        change.added += fresh.count - corrected
    }

    /// Gives ids to entries that came without one before and say the same.
    private mutating func adopt<Entries: Collection>(
        _ told: Entries,
        by list: CodeList
    ) where Entries.Element == Told {
        for one in told where one.entry.id != 0 {
            if entries.contains(where: { $0.id == one.entry.id }) { continue }
            let same = entries.firstIndex { $0.id == 0 && $0.isStanding && $0.says(one.entry) }
            if let same { entries[same].id = one.entry.id }
        }
    }

    /// An entry that came with an id before and comes without one now has the id that it had.
    ///
    /// Of several of its kind and days it is the one that says the same; what is told otherwise
    /// is a correction only where it alone is told.
    private func identified<Entries: Collection>(
        _ one: Told,
        among told: Entries,
        by list: CodeList
    ) -> Told where Entries.Element == Told {
        guard one.entry.id == 0, entries.contains(where: { $0.id != 0 }) else { return one }
        let key = Key(one.entry, list)
        let same = entries.filter { entry in
            guard entry.id != 0, entry.isStanding else { return false }
            var bare = entry
            bare.id = 0
            return Key(bare, list) == key
        }
        let isAlone = same.count == 1 && told.count { Key($0.entry, list) == key } == 1
        let alone = isAlone && !one.isWithdrawn ? same.first : nil
        var known = one
        known.entry.id = (same.first { $0.says(one.entry) } ?? alone)?.id ?? 0
        return known
    }

    /// What makes two entries the same entry of the record: its id or, without one, what kind of
    /// thing it is and its days.
    private struct Key: Hashable {
        var id: UInt64
        var kind: UInt64 = 0
        var on = RecordEntry.noDay
        var from = RecordEntry.noDay

        init(_ entry: RecordEntry, _ list: CodeList) {
            id = entry.id
            guard id == 0 else { return }
            on = entry.on
            switch list.meaning(of: entry.code) {
            case .status: kind = 1
            case .fitNote:
                kind = 2
                from = entry.from
            default: kind = entry.code.bits
            }
        }
    }
}

extension RecordEntry {
    fileprivate func kept(from told: Int32, to ended: Int32) -> RecordEntry {
        var entry = self
        entry.told = told
        entry.ended = ended
        entry.seen = told
        return entry
    }
}

// MARK: - As bytes

extension PatientHistory {
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.count * RecordEntry.size)
        for entry in entries { entry.append(to: &bytes) }
        return bytes
    }

    /// Reads a kept history; nil when the bytes are not one.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count % RecordEntry.size == 0 else { return nil }
        entries = stride(from: 0, to: bytes.count, by: RecordEntry.size).map {
            RecordEntry(bytes, at: $0)
        }
    }
}

// MARK: - What it says

extension PatientHistory {
    /// The last status that stands in the record; “not stated” is none.
    package func lastStatus(_ list: CodeList) -> (status: PracticeStatus, on: Int32)? {
        var found: (status: PracticeStatus, on: Int32)?
        for entry in entries where entry.isStanding {
            guard case .status(let status) = list.meaning(of: entry.code), status != .notStated,
                found.map({ $0.on <= entry.on }) ?? true
            else { continue }
            found = (status, entry.on)
        }
        return found
    }

    /// Whether the record has a status of a day or later.
    package func holds(_ status: EmploymentStatus, from day: Int32, _ list: CodeList) -> Bool {
        entries.contains { entry in
            guard entry.isStanding, entry.on >= day,
                case .status(let found) = list.meaning(of: entry.code)
            else { return false }
            return found.status == status
        }
    }
}
