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
        return try await store.database.look { transaction in
            try library.current(store: store, in: transaction)
        }
    }
}
