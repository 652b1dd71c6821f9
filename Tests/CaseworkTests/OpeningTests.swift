import Casework
import Kernel
import Programmes
import Testing

@Suite("References of cases that are opened here")
struct OpeningTests {
    @Test(
        "The clock is in the first two characters, what is random in the others",
        arguments: [
            // milliseconds, the lower half of the id, the reference
            (0, 0, "0000-0000"), (31, 0, "0000-0000"), (32, 0, "0100-0000"),
            (32 * 33, 0, "1100-0000"), (32 * 1_024, 0, "0000-0000"),
            (32 * 1_023, 0x3FFF_FFFF, "ZZZZ-ZZZZ"), (0, 0x4000_0000, "0000-0000"),
            (0, 10 << 25 | 18 << 15, "00A0-J000"), (0, 20 << 10 | 22, "0000-0M0P"),
        ] as [(UInt64, UInt64, String)]
    )
    func reference(_ milliseconds: UInt64, _ low: UInt64, _ expected: String) throws {
        let programme = try Shipped.programme("workwell-manchester")
        let header = CaseHeader(
            opening: CaseID(high: milliseconds << 16, low: low),
            in: programme,
            of: PersonID(high: 1, low: 1)
        )
        #expect(header.reference == expected)
        #expect(header.programme == "workwell-manchester")
        #expect(header.programmeVersion == programme.version)
    }
}
