import BoardPack
import Kernel
import Measures
import Programmes
import SQL
import Store

/// A pack's file as it is listed: what it is, or that it has faults.
package struct ListedPack: Sendable {
    package var id: String
    /// Nil when the file has faults.
    package var pack: Pack?
    package var faults: [Fault]
}

/// A file that a pack was made into.
package struct PackFile: Sendable {
    package var name: String
    package var format: PackFormat
    package var bytes: [UInt8]
}

extension Goodwork {
    /// The files of board packs that stand with the installation.
    package func packFiles(by actor: Actor) async throws -> [ListedPack] {
        try await authorise(actor, .report, on: "board packs")
        var listed: [ListedPack] = []
        for id in packs.ids() {
            do {
                let pack = try await pack(packs.file(id))
                listed.append(ListedPack(id: id, pack: pack, faults: []))
            } catch let error as ServiceError where error.kind == .faults {
                listed.append(ListedPack(id: id, pack: nil, faults: error.faults))
            }
        }
        return listed
    }

    /// Reads a pack's file and checks it against its programme's.
    ///
    /// - Throws: `ServiceError` with every fault of it.
    package func pack(_ source: PackSource) async throws -> Pack {
        let about = Pack.programme(in: source.text)
        var programme: Programme?
        if let about { programme = try? await reportProgramme(about) }
        let found = programme
        do {
            return try Pack(
                yaml: source.text,
                file: source.name,
                programmes: library.ids(),
                programme: { $0 == about ? found : nil }
            )
        } catch {
            throw ServiceError(
                .faults,
                "The board pack \(source.name) has faults.",
                faults: error.faults
            )
        }
    }

    /// Makes a pack: counts its figures, enters their sheet in the register and keeps the paper.
    ///
    /// All that it shows is counted from one state of the cases and kept back as for a board. The paper
    /// never changes; making it again makes another.
    ///
    /// - Parameters:
    ///   - asAt: the day described; nil takes the pack's, or the end of the last full month.
    ///   - purpose: what it is for; without words for it nothing is made.
    package func makePack(
        _ source: PackSource,
        asAt: CivilDate? = nil,
        purpose: String,
        by actor: Actor
    ) async throws -> StoredBoardPack {
        try requirePurpose(purpose, of: actor, for: .exportReport)
        let pack = try await pack(source)
        try await authorise(actor, .exportReport, on: pack.programme, reason: purpose)
        let counting = try await counting(pack, asAt: asAt, by: actor)
        let (store, programme) = (store, counting.data.programme)
        while true {
            let (known, last) = try await register(of: programme.id)
            let (data, sheet) = try counting.counted(after: known)
            let made = StoredBoardPack(
                id: Base32.text(RandomText.bytes(10)).lowercased(),
                pack: pack.id,
                programme: programme.id,
                programmeVersion: programme.version,
                subject: pack.subject,
                board: pack.board,
                asAt: data.asAt,
                knownAt: data.knownAt,
                madeAt: data.knownAt,
                madeBy: actor.user,
                purpose: purpose
            )
            let document = Paper(pack, data).document
            var release = StoredRelease(
                sheet,
                at: last + 1,
                of: programme,
                knownAt: data.knownAt,
                by: actor
            )
            release.purpose = purpose
            let entered = release
            let isKept = try await store.committer.submit { transaction -> Bool in
                // Another release came between: what it showed must be counted in.
                guard try store.lastRelease(of: programme.id, in: transaction) == last else {
                    return false
                }
                try store.keepRelease(entered, in: transaction)
                try store.keepBoardPack(made, document: document, in: transaction)
                return true
            }
            if isKept { return made }
        }
    }

    /// A pack as it would be made now, for those from whom nothing is kept back; nothing is entered
    /// in the register, and the paper says that it is a draft.
    package func draftPack(
        _ source: PackSource,
        asAt: CivilDate? = nil,
        by actor: Actor
    ) async throws -> [UInt8] {
        let pack = try await pack(source)
        try await authorise(actor, .report, on: pack.programme)
        guard Audience.usual(for: actor) == .operational else {
            throw ServiceError(.forbidden, "This is not allowed: drafts are for the case team.")
        }
        let counting = try await counting(pack, asAt: asAt, by: actor)
        let (known, _) = try await register(of: counting.data.programme.id)
        var data = try counting.counted(after: known).data
        data.isDraft = true
        return Paper(pack, data).document
    }

    /// Packs that were made, the newest first.
    package func madePacks(limit: Int = 200, by actor: Actor) async throws -> [StoredBoardPack] {
        try await authorise(actor, .report, on: "board packs")
        let store = store
        return try await store.database.read { transaction in
            try store.boardPacks(limit: limit, in: transaction)
        }
    }

    /// A paper as it was made.
    package func madePack(
        _ id: String,
        by actor: Actor
    ) async throws -> (pack: StoredBoardPack, document: [UInt8]) {
        try await authorise(actor, .report, on: "board pack \(id)")
        return try await kept(id)
    }

    /// A paper as a file to be taken away, for the purpose that it was made for.
    package func packFile(
        _ id: String,
        as format: PackFormat,
        by actor: Actor
    ) async throws -> PackFile {
        guard Access.decide(actor, .exportReport) == .allowed else {
            try await authorise(actor, .exportReport, on: "board pack \(id)")
            throw ServiceError(.forbidden, "This is not allowed.")
        }
        let (pack, document) = try await kept(id)
        try await authorise(actor, .exportReport, on: "board pack \(id)", reason: pack.purpose)
        return PackFile(
            name: "\(pack.pack)-\(pack.asAt.iso).\(format.rawValue)",
            format: format,
            bytes: try await press.make(format, of: document)
        )
    }

    private func kept(_ id: String) async throws -> (pack: StoredBoardPack, document: [UInt8]) {
        let store = store
        let found = try await store.database.read { try store.boardPack(id, in: $0) }
        guard let found else { throw ServiceError(.notFound, "There is no such board pack.") }
        return found
    }
}
