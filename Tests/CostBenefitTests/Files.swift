import Foundation
import Kernel
import Programmes

@testable import CostBenefit

/// Where the repository is, also when the tests are reached through a link.
let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

/// A file of the repository.
func repositoryFile(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
}

/// A programme file of the repository.
func programme(_ id: String) throws -> Programme {
    try Programme(yaml: repositoryFile("programmes/\(id).yaml"), file: id)
}

/// The table of unit costs of the repository.
func unitCosts() throws -> UnitCosts {
    try UnitCosts(yaml: repositoryFile("costs/unit-costs.yaml"), file: "unit-costs.yaml")
}

/// An appraisal of the repository.
func appraisal(_ id: String) throws -> Appraisal {
    try Appraisal(
        yaml: repositoryFile("costs/\(id).yaml"),
        file: "\(id).yaml",
        programme: programme(id),
        unitCosts: unitCosts()
    )
}

func day(_ iso: String) throws -> CivilDate {
    guard let day = CivilDate(iso: iso) else { throw Fault(problem: iso).asFaults }
    return day
}

extension Fault {
    fileprivate var asFaults: Faults { Faults(self) }
}

/// What a whole run of WorkWell Manchester is reckoned from.
func basis(_ counts: [String: Int?], asAt: String = "2026-03-31") throws -> ValuationBasis {
    ValuationBasis(
        runs: try day("2024-10-01")...day("2026-03-31"),
        asAt: try day(asAt),
        counts: counts
    )
}

/// The counts of a made-up run, by row.
let someCounts: [String: Int?] = [
    "Participants": 810, "Entered work": 100, "Remained in work": 300, "Used CBT": 200,
]
