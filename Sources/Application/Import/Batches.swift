import Casework
import Crypto
import Kernel
import Programmes

/// Reads referrals.csv a batch of rows at a time, each with its rows of the other files.
final class Batches {
    struct Batch {
        var cases: [ListedCase] = []
        /// Faults of rows that could not be read at all.
        var faults: [Fault] = []
    }

    private let importer: Importer
    private var cursor: CSVFile?
    private var rows: ReferralRows
    private var sideRows: SideRows
    private var isDone = false

    init(_ importer: Importer) {
        self.importer = importer
        cursor = importer.files[.referrals]
        rows = ReferralRows(programme: importer.programme, columns: cursor?.columns ?? [])
        sideRows = SideRows(programme: importer.programme, files: importer.files)
    }

    /// Faults of the other files' rows that could not be read.
    var fileFaults: [Fault] { importer.sides.flatMap(\.faults) }

    /// How much of the file has been read, 0 to 1.
    var share: Double {
        guard let cursor, cursor.size > 0 else { return 1 }
        return isDone ? 1 : Double(cursor.rowOffset) / Double(cursor.size)
    }

    func next() -> Batch? {
        guard !isDone, cursor != nil else { return nil }
        var batch = Batch()
        while batch.cases.count < Importer.batchRows {
            do {
                guard try cursor?.next() == true, let file = cursor else {
                    isDone = true
                    break
                }
                batch.cases.append(read(file))
            } catch {
                batch.faults += error.faults
            }
        }
        return batch
    }

    private func read(_ file: CSVFile) -> ListedCase {
        var listed = rows.read(file)
        var hasher = SHA256()
        hasher.update(data: Array("version \(importer.programme.version)\n".utf8))
        hasher.update(data: cells(of: file))
        // Rows without a reference are nobody's, also where a row of referrals.csv has none.
        for side in importer.sides where !listed.reference.isEmpty {
            var lines: [[UInt8]: Int] = [:]
            side.each(of: listed.reference) { row in
                let cells = cells(of: row)
                hasher.update(data: cells)
                // Pasted twice it would be told, and counted, twice.
                if let earlier = lines[cells] {
                    listed.faults.append(side.repeated(row, from: earlier))
                    return
                }
                lines[cells] = row.line
                sideRows.read(side.list, row, into: &listed)
            }
        }
        listed.nameFurtherOutcomes()
        listed.digest = Array(hasher.finalize().prefix(16))
        return listed
    }

    /// Column names and cells, so that another order of columns is the same row.
    private func cells(of file: CSVFile) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        for column in order(of: file) {
            let length = file.withBytes(ofField: column) { $0.count }
            guard length > 0 else { continue }
            bytes.append(contentsOf: file.columns[column].utf8)
            bytes.append(0x1f)
            file.withBytes(ofField: column) { bytes.append(contentsOf: $0) }
            bytes.append(0x1e)
        }
        return bytes
    }

    private var orders: [[String]: [Int]] = [:]

    private func order(of file: CSVFile) -> [Int] {
        if let known = orders[file.columns] { return known }
        let order = file.columns.indices.sorted { file.columns[$0] < file.columns[$1] }
        orders[file.columns] = order
        return order
    }
}
