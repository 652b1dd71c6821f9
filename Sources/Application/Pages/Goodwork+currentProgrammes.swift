import Kernel
import Programmes
import SQL
import Store

extension Goodwork {
    /// The rules that new cases are decided under, one of each programme, in the order of their ids.
    ///
    /// The folder's file, or a higher version that somebody activated. What has faults is left out.
    package func currentProgrammes() async throws -> [Programme] {
        let (store, library) = (store, library)
        return try await store.database.read { transaction in
            let active = try store.activeProgrammes(in: transaction)
            let ids = Set(library.ids() + active.map(\.id)).sorted()
            return ids.compactMap { id in
                let file = try? library.file(id).programme
                guard let chosen = active.first(where: { $0.id == id })?.version,
                    chosen > file?.version ?? 0
                else { return file }
                let kept = try? library.kept(id, version: chosen, store: store, in: transaction)
                return kept ?? file
            }
        }
    }
}
