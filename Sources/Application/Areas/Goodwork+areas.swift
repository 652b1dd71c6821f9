import Casework
import Kernel
import SQL
import Store

/// What became of a table of postcodes.
package struct AreasImported: Sendable, Hashable {
    package var postcodes: Int
    /// Postcodes outside England, which are left out.
    package var elsewhere: Int
    /// How many the table has now.
    package var all: Int
}

extension Goodwork {
    /// How many areas the English index of 2019 ranks.
    package static let areaRanks = 32_844

    /// Takes in a table of postcodes, all of it or nothing.
    ///
    /// Referrals from now on carry the decile of their postcode; those of before stay as they were told.
    ///
    /// - Parameter ranks: how many areas the index ranks, where the table has ranks.
    /// - Throws: every fault, each with its line and column.
    package func importAreas(
        path: String,
        ranks: Int = areaRanks,
        by actor: Actor
    ) async throws -> AreasImported {
        try await authorise(actor, .importList, on: "areas")
        let read: AreaFile
        do {
            read = try AreaFile(CSVFile(path: path), ranks: ranks)
        } catch {
            throw ServiceError(.faults, "The table cannot be read.", faults: error.faults)
        }
        let (areas, store) = (read.areas, store)
        let all = try await store.database.write { transaction in
            for start in stride(from: 0, to: areas.count, by: 5_000) {
                let batch = Array(areas[start..<min(start + 5_000, areas.count)])
                try store.keep(batch, in: transaction)
            }
            return try store.areaCount(in: transaction)
        }
        return AreasImported(postcodes: areas.count, elsewhere: read.elsewhere, all: all)
    }
}

extension ReferralReceived {
    /// Says how deprived the postcode is, where the table has it.
    ///
    /// It is written with the referral, so that replay gives the same whatever table is loaded then.
    mutating func fillDeprivation(from store: Store, in transaction: any Transaction) throws {
        guard let postcode = identity.postcode.flatMap({ Postcode($0) }) else { return }
        deprivation = try store.decile(of: postcode, in: transaction) ?? deprivation
    }
}

extension Command {
    /// Says how deprived a postcode is that comes with a referral, or with answers to one.
    mutating func fillDeprivation(from store: Store, in transaction: any Transaction) throws {
        for place in entries.indices {
            switch entries[place].body {
            case .referralReceived(var fields):
                try fields.fillDeprivation(from: store, in: transaction)
                entries[place].body = .referralReceived(fields)
            case .referralAnswered(var fields):
                guard fields.outwardCode != nil,
                    let postcode = identity?.postcode.flatMap({ Postcode($0) })
                else { continue }
                fields.deprivation = try store.decile(of: postcode, in: transaction)
                entries[place].body = .referralAnswered(fields)
            default: break
            }
        }
    }
}
