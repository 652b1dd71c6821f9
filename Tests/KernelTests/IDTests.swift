import Kernel
import Testing

@Suite("Identifiers")
struct IDTests {
    @Test(
        "Text is 26 characters, two zero bits and then the identifier's",
        arguments: [
            (0, 0, "00000000000000000000000000", "00000000-0000-0000-0000-000000000000"),
            (0, 31, "0000000000000000000000000v", "00000000-0000-0000-0000-00000000001f"),
            (.max, .max, "7vvvvvvvvvvvvvvvvvvvvvvvvv", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
            (1, 0, "0000000000000g000000000000", "00000000-0000-0001-0000-000000000000"),
        ] as [(UInt64, UInt64, String, String)]
    )
    func text(high: UInt64, low: UInt64, text: String, uuid: String) {
        let id = CaseID(high: high, low: low)
        #expect(id.text == text)
        #expect(id.uuid == uuid)
        #expect(CaseID(text) == id)
        #expect("\(id)" == text)
    }

    @Test(
        "Other text is refused",
        arguments: [
            "", "0000000000000000000000000", "000000000000000000000000000",
            "80000000000000000000000000", "0000000000000000000000000w",
            "0000000000000000000000000V", "00000000-0000-0000-0000-000000000000",
            "000000000000000000000000é",
        ]
    )
    func refused(text: String) {
        #expect(CaseID(text) == nil)
    }

    @Test("Random identifiers round-trip, and their texts sort as they do")
    func roundTrip() {
        var random = RandomGenerator(seed: 11)
        var before = EventID(high: 0, low: 0)
        for _ in 0..<2_000 {
            let id = EventID(high: random.next(), low: random.next())
            #expect(EventID(id.text) == id)
            #expect((id < before) == (id.text < before.text))
            before = id
        }
    }

    @Test("Made identifiers are version 7 UUIDs of their moment")
    func version() throws {
        var maker = IDMaker(seed: 1)
        let moment = try #require(Instant(iso: "2022-02-22T19:22:22Z"))
        let id = maker.make(CaseTag.self, at: moment)
        let uuid = Array(id.uuid)
        // The example of RFC 9562, appendix A.6, has the same milliseconds.
        #expect(id.uuid.hasPrefix("017f22e2-79b0-7"))
        #expect("89ab".contains(uuid[19]))
        #expect(id.instant == moment)
    }

    @Test("Identifiers sort by the time they were made")
    func sortByTime() {
        var maker = IDMaker(seed: 2)
        var random = RandomGenerator(seed: 3)
        var clock: Int64 = 1_700_000_000_000
        var ids: [PersonID] = []
        for _ in 0..<5_000 {
            clock += Int64(random.below(4))
            ids.append(maker.make(at: Instant(milliseconds: clock)))
        }
        #expect(ids == ids.sorted())
        #expect(ids.map(\.text) == ids.map(\.text).sorted())
        #expect(Set(ids).count == ids.count)
    }

    @Test("Later identifiers sort later within a millisecond and when the clock goes back")
    func monotonic() {
        var maker = IDMaker(seed: 4)
        var last = maker.make(EventTag.self, at: Instant(milliseconds: 1_700_000_000_000))
        for step in 0..<20_000 {
            let back = Int64(step % 7 == 0 ? 5_000 : 0)
            let id = maker.make(
                EventTag.self,
                at: Instant(milliseconds: 1_700_000_000_000 - back)
            )
            guard id > last, id.high >> 12 & 15 == 7, id.low >> 62 == 2 else {
                Issue.record("\(id.uuid) does not follow \(last.uuid)")
                return
            }
            last = id
        }
        // 20,000 in one millisecond fill the counter a few times over; the time moves as little.
        #expect(last.instant.milliseconds - 1_700_000_000_000 < 12)
    }

    @Test("The same seed makes the same identifiers and another seed others")
    func seeds() {
        var (a, b, c) = (IDMaker(seed: 5), IDMaker(seed: 5), IDMaker(seed: 6))
        let moment = Instant(milliseconds: 1)
        let first = a.make(UserTag.self, at: moment)
        #expect(first == b.make(UserTag.self, at: moment))
        #expect(first != c.make(UserTag.self, at: moment))
    }
}
