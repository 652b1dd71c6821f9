import Foundation
import Testing

@testable import Programmes

/// The repository, found from this file.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The programme files' names, without their ending, in order.
    static let programmes = [
        "fit-for-work-in-work", "fit-for-work-out-of-work", "gm-mental-health-and-employment",
        "ips-primary-care", "kickstarter", "payment-by-results", "working-better", "working-well",
        "workwell-manchester",
    ]
}

@Suite("The nine programme files") struct ProgrammeFilesTests {
    @Test("Each decodes without a fault, and its id is its file's name", arguments: Repository.programmes)
    func eachDecodes(_ name: String) throws {
        let text = try Repository.text("programmes/\(name).yaml")
        let faults = Programme.check(yaml: text, file: "\(name).yaml")
        #expect(faults.isEmpty, "\(faults.map(\.description).joined(separator: "\n"))")
        let programme = try Programme(yaml: text, file: "\(name).yaml")
        #expect(programme.id == name)
    }
}
