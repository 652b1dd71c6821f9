import Testing

@testable import Kernel

@Suite("Random numbers")
struct RandomGeneratorTests {
    @Test("xoshiro256++ gives its reference numbers from the state 1, 2, 3, 4")
    func reference() {
        var random = RandomGenerator(state: (1, 2, 3, 4))
        let expected: [UInt64] = [
            41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386,
            9_228_616_714_210_784_205, 9_973_669_472_204_895_162,
        ]
        for number in expected { #expect(random.next() == number) }
    }

    @Test("splitmix64 gives its reference numbers from the seed 1234567")
    func splitMix() {
        var mixer = SplitMix64(state: 1_234_567)
        #expect(mixer.next() == 6_457_827_717_110_365_317)
        #expect(mixer.next() == 3_203_168_211_198_807_973)
        #expect(mixer.next() == 9_817_491_932_198_370_423)
    }

    @Test("A seed fills the state by splitmix64")
    func seed() {
        var random = RandomGenerator(seed: 42)
        let expected: [UInt64] = [
            15_021_278_609_987_233_951, 5_881_210_131_331_364_753, 18_149_643_915_985_481_100,
        ]
        for number in expected { #expect(random.next() == number) }
    }

    @Test("Numbers below a bound are spread evenly and never reach it")
    func below() {
        var random = RandomGenerator(seed: 1)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[random.below(7)] += 1 }
        #expect(counts.allSatisfy { (9_500...10_500).contains($0) })
        #expect(random.below(1) == 0)
        #expect(random.below(0) == 0)
        #expect(random.below(-5) == 0)
        #expect((0..<Int.max).contains(random.below(.max)))
    }

    @Test("Unit numbers lie from 0 up to 1 with a mean near a half")
    func unit() {
        var random = RandomGenerator(seed: 2)
        var sum = 0.0
        for _ in 0..<10_000 {
            let number = random.unit()
            #expect(number >= 0 && number < 1)
            sum += number
        }
        #expect(abs(sum / 10_000 - 0.5) < 0.02)
    }

    @Test("Picking gives an element, or nothing from nothing")
    func pick() {
        var random = RandomGenerator(seed: 3)
        var seen: Set<String> = []
        for _ in 0..<100 { random.pick(["a", "b", "c"]).map { _ = seen.insert($0) } }
        #expect(seen == ["a", "b", "c"])
        #expect(random.pick([Int]()) == nil)
    }
}
