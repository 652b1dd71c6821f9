import Foundation
import Kernel
import TestPrograms
import Testing

@testable import CostBenefit

/// Our figures beside those of a program in Python that was written from the formulas alone.
@Suite struct OracleTests {
    static let seed: UInt64 = 20_260_331

    @Test("A thousand random models agree with numpy to nine decimals")
    func agrees() async throws {
        var random = RandomGenerator(seed: Self.seed)
        // A ratio needs costs.
        var models: [RandomModel] = []
        while models.count < 1_000 {
            let model = RandomModel(&random)
            if model.valuation.publicValue.ratio.number != nil { models.append(model) }
        }
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "value-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (asked, told) = (folder.appending(path: "asked"), folder.appending(path: "told"))
        try models.map { $0.json + "\n" }.joined()
            .write(to: asked, atomically: true, encoding: .utf8)
        try await TestProgram.python(
            "Tests/CostBenefitTests/Oracle/oracle.py",
            asked.path,
            told.path
        )
        let answers = try String(contentsOf: told, encoding: .utf8).split(separator: "\n")
        try #require(answers.count == models.count)
        var compared = 0
        for (model, line) in zip(models, answers) {
            let (ours, theirs) = (
                model.figures, line.split(separator: " ").compactMap { Double($0) }
            )
            try #require(ours.count == theirs.count)
            for (our, their) in zip(ours, theirs) {
                let apart = abs(our - their) / max(1, abs(their))
                #expect(apart < 1e-9, "\(our) is not \(their): \(model.json)")
                compared += 1
            }
        }
        #expect(compared > 12_000)
    }
}
