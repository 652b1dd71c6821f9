import Casework
import Kernel
import Programmes
import Testing

@testable import Measures

@Suite("The engine against the plainest evaluation")
struct RandomPopulationTests {
    @Test(
        "Random populations over random tables hold the same cases",
        arguments: [1, 63, 64, 65, 700],
        [11, 12] as [UInt64]
    )
    func same(rows: Int, seed: UInt64) {
        var random = RandomFacts(seed: seed)
        let all = (1...rows).map { random.facts($0) }
        let table = table(all)
        for number in 0..<400 {
            let population = random.population(depth: 3)
            let asAt = random.day()
            let naive = NaiveEvaluator(asAt: asAt)
            let expected = all.filter { naive.holds(population, $0) }.map(\.caseID)
            let found = table.cases(in: population, asAt: asAt)
            #expect(found == expected, "seed \(seed), population \(number): \(population)")
        }
    }

    @Test("Tables of more than one chunk too", arguments: [13] as [UInt64])
    func chunks(seed: UInt64) {
        var random = RandomFacts(seed: seed)
        let all = (1...(Chunk.rowsMax + 77)).map { random.facts($0) }
        let table = table(all)
        for number in 0..<10 {
            let population = random.population(depth: 2)
            let asAt = random.day()
            let naive = NaiveEvaluator(asAt: asAt)
            let expected = all.filter { naive.holds(population, $0) }.map(\.caseID)
            let found = table.cases(in: population, asAt: asAt)
            #expect(found == expected, "seed \(seed), population \(number): \(population)")
        }
    }
}
