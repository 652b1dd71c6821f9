import Funding
import Kernel
import Measures
import Testing

@Suite("Samples of a claim") struct SampleTests {
    @Test("The same seed draws the same lines, each once") func repeatable() {
        let lines = Array(1...200)
        let drawn = ClaimSample.draw(30, of: lines, seed: 7)
        #expect(drawn == ClaimSample.draw(30, of: lines.reversed(), seed: 7))
        #expect(drawn != ClaimSample.draw(30, of: lines, seed: 8))
        #expect(Set(drawn).count == 30)
        #expect(drawn == drawn.sorted())
        #expect(ClaimSample.draw(500, of: [3, 1, 2], seed: 1) == [1, 2, 3])
        #expect(ClaimSample.draw(5, of: [], seed: 1) == [])
    }

    @Test("Every line is as likely") func uniform() {
        var counts = Array(repeating: 0, count: 20)
        for seed in UInt64(1)...4000 {
            for line in ClaimSample.draw(5, of: Array(0..<20), seed: seed) { counts[line] += 1 }
        }
        // Each is expected 1,000 times, with a standard deviation of 27.
        #expect(counts.allSatisfy { (880...1120).contains($0) }, "\(counts)")
    }

    @Test("A sample says how much of the whole is likely to be wrong") func extrapolates() throws {
        // 10 of 50 checked, two of them £100 too much: £20 a line, £1,000 in all.
        let findings = (1...10).map { line in
            ClaimSample.Finding(
                line: line,
                claimed: Pence(300_00),
                right: Pence(line <= 2 ? 200_00 : 300_00)
            )
        }
        let said = Extrapolation(findings, of: 50)
        #expect(said.wrong == 2)
        #expect(said.errorFound == Pence(200_00))
        #expect(said.errorLikely == Pence(1000_00))
        let rate = try #require(said.rate)
        #expect(abs(rate.lower - 0.0567) < 0.0001 && abs(rate.upper - 0.5098) < 0.0001)
        // s = 42.1637, so half the width is 2.262157 × 50 × 42.1637 / √10 × √(40 / 50) = £1,348.89.
        let range = try #require(said.errorRange)
        #expect(abs(range.upperBound.value - 2348_89) <= 1, "\(range)")
        #expect(abs(range.lowerBound.value - -348_89) <= 1, "\(range)")
    }

    @Test("When all lines are checked nothing is left to guess") func complete() {
        let findings = (1...4).map {
            ClaimSample.Finding(line: $0, claimed: Pence(100), right: Pence($0 == 1 ? 0 : 100))
        }
        let said = Extrapolation(findings, of: 4)
        #expect(said.errorRange == Pence(100)...Pence(100))
    }

    @Test("A sample of which nothing was checked says nothing of the whole") func unchecked() {
        let said = Extrapolation([], of: 4)
        #expect(said.rate == nil && said.errorLikely == nil && said.errorRange == nil)
    }
}
