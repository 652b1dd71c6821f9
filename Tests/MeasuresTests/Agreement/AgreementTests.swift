import Foundation
import Kernel
import TestPrograms
import Testing

@testable import Measures

/// Our statistics beside those of statsmodels and scipy, over random cases.
@Suite struct AgreementTests {
    /// Kinds of statistic, each asked about in 1,000 seeded cases.
    static let kinds = [
        "wilson", "exact", "byar", "shares", "rates", "student", "mean", "paired", "gradient",
    ]

    /// Each question with our answer, and theirs.
    static let answers = Task { try await ask(cases: 1000, seed: 20_250_401) }

    @Test(arguments: kinds)
    func `agrees to nine decimals`(kind: String) async throws {
        let answers = try await Self.answers.value
        let mine = answers.filter { $0.question.kind == kind }
        #expect(mine.count == 1000)
        for answer in mine {
            let (ours, theirs) = (answer.question.ours, answer.theirs)
            try #require(ours.count == theirs.count, "\(answer.question.line)")
            for (our, their) in zip(ours, theirs) {
                let apart = abs(our - their) / max(1, abs(their))
                #expect(apart < 1e-9, "\(answer.question.line): \(our) is not \(their)")
            }
        }
    }

    struct Answer {
        var question: Question
        var theirs: [Double]
    }

    /// Asks the Python program; numbers go both ways in files, in digits that give them back.
    static func ask(cases: Int, seed: UInt64) async throws -> [Answer] {
        var random = RandomGenerator(seed: seed)
        let questions = (0..<cases).flatMap { _ in
            kinds.map { Question(kind: $0, random: &random) }
        }
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "agreement-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (asked, answered) = (folder.appending(path: "asked"), folder.appending(path: "told"))
        let lines = questions.map { $0.line + "\n" }.joined()
        try lines.write(to: asked, atomically: true, encoding: .utf8)
        let program = "Tests/MeasuresTests/Agreement/agreement.py"
        try await TestProgram.python(program, asked.path, answered.path)
        let told = try String(contentsOf: answered, encoding: .utf8).split(separator: "\n")
        try #require(told.count == questions.count)
        return zip(questions, told).map { question, line in
            Answer(question: question, theirs: line.split(separator: " ").compactMap(Double.init))
        }
    }
}
