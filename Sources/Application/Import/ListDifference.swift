import Casework
import Kernel

/// What must be entered and withdrawn so that a case says what a list says.
enum ListDifference {
    /// Compares entries of one key with each other; what is the same stays as it is.
    ///
    /// Only what came from a list before is withdrawn: what people entered by hand stays, and so
    /// does what the list says nothing of.
    ///
    /// - Returns: the command, and for each of its entries the listed one.
    static func command(
        from history: History,
        to listed: ListedCase,
        silence: ListSilence
    ) -> (command: Command, entries: [ListedEntry]) {
        var existing: [String: [CaseEvent]] = [:]
        if history.version > 0 {
            for event in history.effective() {
                if let key = event.key, !silence.covers(key) {
                    existing[key, default: []].append(event)
                }
            }
        }
        var command = Command()
        var entries: [ListedEntry] = []
        var added: [ListedEntry] = []
        for entry in listed.entries {
            let same = existing[entry.key]?.firstIndex {
                $0.body == entry.body && $0.occurredOn == entry.on
            }
            if let same { existing[entry.key]?.remove(at: same) } else { added.append(entry) }
        }
        for entry in added {
            let replaced = existing[entry.key]?.first
            if replaced != nil { existing[entry.key]?.removeFirst() }
            if let replaced {
                command.voids.append(Command.Void(event: replaced.id, reason: "corrected-list"))
            }
            command.entries.append(
                Command.Entry(
                    body: entry.body,
                    on: entry.on,
                    key: entry.key,
                    replaces: replaced?.id
                )
            )
            entries.append(entry)
        }
        for event in existing.values.flatMap(\.self).sorted(by: { $0.sequence < $1.sequence }) {
            command.voids.append(Command.Void(event: event.id, reason: "corrected-list"))
        }
        return (command, entries)
    }
}
