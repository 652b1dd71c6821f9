import Foundation
import Kernel
import Programmes
import SQL
import Store
import Synchronization

/// The programme files: those in a folder, and every version that cases were decided under.
package final class ProgrammeLibrary: Sendable {
    private struct Version: Hashable {
        var id: String
        var version: Int
    }

    package let directory: String
    /// The ids of the files when the folder was last listed.
    private let listed = Mutex<(stamp: FileStamp, ids: [String])?>(nil)
    /// The files of the folder as they were seen last, and until when that serves.
    private let seen = Mutex<(files: Files, until: ContinuousClock.Instant)?>(nil)
    /// The programmes that were current last, and what that followed from.
    private let decided = Mutex<(grounds: Grounds, programmes: [Programme])?>(nil)
    private let kept = Mutex<[Version: Programme]>([:])
    /// What was read from each file last, so that a page need not read it anew.
    private let read = Mutex<[String: Reading]>([:])
    /// The text of each file that was found to have the kept version's rules.
    private let agreed = Mutex<[Version: String]>([:])

    private let rest: Duration
    private let stamps: FileStamps

    private struct Reading {
        var programme: Programme
        var text: String
        /// The file's, unless it was too young then to tell a later change from.
        var stamp: FileStamp?
    }

    /// - Parameter rest: for how long it is taken that a file has not changed since the last look.
    package init(directory: String, rest: Duration = .zero) {
        self.directory = directory
        self.rest = rest
        stamps = FileStamps(rest: rest)
    }

    private func path(_ id: String) -> String { "\(directory)/\(id).yaml" }

    /// The ids of the files in the folder, in order.
    package func ids() -> [String] {
        let stamp = stamps.stamp(of: directory)
        if let known = listed.withLock({ $0 }), known.stamp == stamp { return known.ids }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        let ids = names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
        listed.withLock { $0 = stamp.map { ($0, ids) } }
        return ids
    }

    /// Reads a programme's file.
    ///
    /// - Throws: `ServiceError` when there is none, or with every fault of it.
    package func file(_ id: String) throws -> (programme: Programme, text: String) {
        let path = path(id)
        let stamp = stamps.stamp(of: path)
        let known = read.withLock { $0[id] }
        if let known, let stamp, known.stamp == stamp { return (known.programme, known.text) }
        guard !id.contains("/"), let text = try? String(contentsOfFile: path, encoding: .utf8)
        else {
            let near = nearestSpelling(to: id, in: ids()).map { " Did you mean \($0)?" } ?? ""
            let known = ids().isEmpty ? "none" : ids().joined(separator: ", ")
            throw ServiceError(
                .notFound,
                "There is no programme \(id) in \(directory).\(near) There are: \(known). "
                    + "GOODWORK_PROGRAMMES names another folder."
            )
        }
        if let known, known.text == text {
            read.withLock { $0[id]?.stamp = stamp }
            return (known.programme, text)
        }
        let programme: Programme
        do {
            programme = try Programme(yaml: text, file: path)
        } catch {
            throw ServiceError(
                .faults,
                "The programme file \(path) has faults.",
                faults: error.faults
            )
        }
        guard programme.id == id else {
            throw ServiceError(.invalid, "\(path) describes the programme \(programme.id).")
        }
        read.withLock {
            $0[id] = Reading(programme: programme, text: text, stamp: stamp)
        }
        return (programme, text)
    }

    /// The rules that cases of an id and version were decided under.
    package func kept(
        _ id: String,
        version: Int,
        store: Store,
        in transaction: any Transaction
    ) throws -> Programme {
        let wanted = Version(id: id, version: version)
        if let known = kept.withLock({ $0[wanted] }) { return known }
        guard let text = try store.programmeText(id: id, version: version, in: transaction) else {
            throw ServiceError(
                .invalid,
                "The database does not hold version \(version) of the programme \(id)."
            )
        }
        let programme: Programme
        do {
            programme = try Programme(kept: text, file: "\(id) version \(version)")
        } catch {
            throw ServiceError(
                .faults,
                "The kept version \(version) of \(id) cannot be read.",
                faults: error.faults
            )
        }
        kept.withLock { $0[wanted] = programme }
        return programme
    }

    /// The version that new cases are decided under: the file's, or a higher one that somebody
    /// activated; nil when there is neither.
    package func currentVersion(
        _ id: String,
        store: Store,
        in transaction: any Transaction
    ) throws -> Int? {
        let active = try store.activeVersion(of: id, in: transaction)
        // A file with faults decides nothing.
        let file = try? file(id).programme.version
        return [active, file].compactMap { $0 }.max()
    }

    /// Keeps a version that no case was decided under, in the place of what was kept as it before.
    func replace(
        _ programme: Programme,
        text: String,
        store: Store,
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        let (id, version) = (programme.id, programme.version)
        try store.forgetProgramme(id: id, version: version, in: transaction)
        _ = kept.withLock { $0.removeValue(forKey: Version(id: id, version: version)) }
        decided.withLock { $0 = nil }
        try store.keepProgramme(id: id, version: version, text: text, at: now, in: transaction)
    }

    /// Keeps the file's version for the cases to come, and answers it.
    ///
    /// A higher version that somebody activated goes before the file.
    ///
    /// - Throws: `ServiceError` when another set of rules is kept under the same version.
    package func current(
        _ id: String,
        store: Store,
        at now: Instant,
        in transaction: any Transaction
    ) throws -> Programme {
        let file = Result { try self.file(id) }
        if let active = try store.activeVersion(of: id, in: transaction) {
            // A file with faults decides nothing.
            let version = (try? file.get())?.programme.version
            if version.map({ $0 < active }) ?? true {
                return try kept(id, version: active, store: store, in: transaction)
            }
        }
        let (programme, text) = try file.get()
        let wanted = Version(id: id, version: programme.version)
        // Until a case is decided under it, a version may still be written.
        if try store.hasCases(programme: id, version: programme.version, in: transaction) {
            // The first of them kept it.
            if agreed.withLock({ $0[wanted] }) == text { return programme }
        } else {
            try store.forgetProgramme(id: id, version: programme.version, in: transaction)
            _ = kept.withLock { $0.removeValue(forKey: wanted) }
            _ = agreed.withLock { $0.removeValue(forKey: wanted) }
        }
        try store.keepProgramme(
            id: id,
            version: programme.version,
            text: text,
            at: now,
            in: transaction
        )
        let kept = try kept(id, version: programme.version, store: store, in: transaction)
        if agreed.withLock({ $0[wanted] }) == text { return programme }
        guard kept.hasRules(of: programme) else {
            throw ServiceError(
                .conflict,
                "\(directory)/\(id).yaml has other rules than the version \(programme.version) "
                    + "that cases here were decided under. Raise its version."
            )
        }
        agreed.withLock { $0[wanted] = text }
        return programme
    }
}

// MARK: - What is current

extension ProgrammeLibrary {
    /// The files of the folder, as each was written last.
    private struct Files: Hashable {
        var ids: [String]
        var stamps: [FileStamp]
    }

    /// All that decides which programmes are current.
    private struct Grounds: Hashable {
        var active: [ActiveProgramme]
        var files: Files
    }

    /// The files of the folder, looked at no more often than is worth it; nil while one has just been
    /// written.
    private func files() -> Files? {
        let now = ContinuousClock.now
        if let last = seen.withLock({ $0 }), now < last.until { return last.files }
        let ids = ids()
        let stamps = ids.compactMap { self.stamps.stamp(of: path($0)) }
        guard stamps.count == ids.count else { return nil }
        let files = Files(ids: ids, stamps: stamps)
        if rest > .zero { seen.withLock { $0 = (files, now + rest) } }
        return files
    }

    /// A programme as it was current when that was last asked; it may have changed since.
    func lastCurrent(_ id: String) -> Programme? {
        decided.withLock { $0?.programmes.first { $0.id == id } }
    }

    /// Those of the current programmes that take referrals on a day.
    func open(
        on day: CivilDate,
        store: Store,
        in transaction: any Transaction
    ) throws -> [Programme] {
        try current(store: store, in: transaction).filter { $0.isOpen(on: day) }
    }

    /// The rules that new cases are decided under, one of each programme, in the order of ids.
    ///
    /// The folder's file, or a higher version that somebody activated. What has faults is left out.
    /// The last answer serves again while it would be the same.
    func current(store: Store, in transaction: any Transaction) throws -> [Programme] {
        let active = try store.activeProgrammes(in: transaction)
        let grounds = files().map { Grounds(active: active, files: $0) }
        if let last = decided.withLock({ $0 }), last.grounds == grounds { return last.programmes }
        let ids = Set(ids() + active.map(\.id)).sorted()
        let programmes = ids.compactMap { id in
            let file = try? file(id).programme
            guard let chosen = active.first(where: { $0.id == id })?.version,
                chosen > file?.version ?? 0
            else { return file }
            return (try? kept(id, version: chosen, store: store, in: transaction)) ?? file
        }
        decided.withLock { $0 = grounds.map { ($0, programmes) } }
        return programmes
    }
}
