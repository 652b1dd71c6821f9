import CostBenefit
import Foundation
import Kernel
import Programmes

/// The files of unit costs and of appraisals, in one folder.
package struct CostLibrary: Sendable {
    package let directory: String

    package init(directory: String) { self.directory = directory }

    /// The folder `costs` beside that of the programme files.
    package init(besideProgrammes programmes: String) {
        let folder = URL(fileURLWithPath: programmes).deletingLastPathComponent()
        self.init(directory: folder.appendingPathComponent("costs").path)
    }

    /// The ids of the files in the folder, in order.
    package func ids() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }

    /// Whether there is an appraisal of a programme, which has the programme's name.
    package func hasAppraisal(of programme: String) -> Bool { ids().contains(programme) }

    /// The text of a file, and what it is called in faults.
    ///
    /// - Parameter name: the id of a file in the folder, or a path that ends in `.yaml`.
    func text(_ name: String) throws -> (text: String, file: String) {
        let isPath = name.hasSuffix(".yaml")
        let file = isPath ? name : "\(directory)/\(name).yaml"
        guard isPath || !name.contains("/"),
            let text = try? String(contentsOfFile: file, encoding: .utf8)
        else {
            if isPath { throw ServiceError(.notFound, "There is no file \(name).") }
            let near = nearestSpelling(to: name, in: ids()).map { " Did you mean \($0)?" } ?? ""
            throw ServiceError(
                .notFound,
                "Nobody has written down what \(name) costs and what comes of it: there is no file "
                    + "\(name).yaml.\(near)"
            )
        }
        return (text, file)
    }

    /// A table of unit costs.
    func unitCosts(_ id: String) throws -> UnitCosts {
        let (text, file) = try text(id)
        do throws(Faults) {
            return try UnitCosts(yaml: text, file: file)
        } catch {
            throw Self.faulty(file, error)
        }
    }

    static func faulty(_ file: String, _ faults: Faults) -> ServiceError {
        ServiceError(.faults, "The file \(file) has faults.", faults: faults.faults)
    }
}

extension CostLibrary {
    /// Every fault of a file of unit costs or of an appraisal; nil when a text is neither.
    package func check(
        _ text: String,
        file: String,
        programmes: ProgrammeLibrary
    ) throws -> [Fault]? {
        let keys = text.lines.map { $0.prefix { $0 != ":" } }
        do {
            if keys.contains("appraisal") {
                return try appraisalFaults(text, file: file, programmes)
            } else if keys.contains("unit_costs") {
                _ = try UnitCosts(yaml: text, file: file)
            } else {
                return nil
            }
        } catch let error as Faults {
            return error.faults
        }
        return []
    }

    private func appraisalFaults(
        _ text: String,
        file: String,
        _ programmes: ProgrammeLibrary
    ) throws -> [Fault] {
        var faults: [Fault] = []
        func read<Found>(
            _ id: String?,
            of known: [String],
            _ reading: (String) throws -> Found
        ) throws -> Found? {
            guard let id, known.contains(id) else { return nil }
            do {
                return try reading(id)
            } catch let error as ServiceError {
                // What it rests on cannot be read; the rest of it can, and the other files.
                faults.append(Fault(file: file, problem: error.message))
                return nil
            }
        }
        let subjects = Appraisal.subjects(yaml: text)
        let (known, tables) = (programmes.ids(), ids())
        let programme = try read(subjects.programme, of: known) {
            try programmes.file($0).programme
        }
        let unitCosts = try read(subjects.unitCosts, of: tables) { try self.unitCosts($0) }
        faults += Appraisal.check(
            yaml: text,
            file: file,
            programmes: known,
            tables: tables,
            programme: programme,
            unitCosts: unitCosts
        )
        return faults
    }
}
