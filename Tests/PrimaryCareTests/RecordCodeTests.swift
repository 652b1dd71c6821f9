import Kernel
import PrimaryCare
import Testing

@Suite struct RecordCodeTests {
    @Test(
        "A code reads back as it was written",
        arguments: ["1098041000000101", "01", "ZZ", "F32.1", "74165-2", "224362002"]
    )
    func roundTrip(text: String) throws {
        #expect(try #require(RecordCode(text)).description == text)
    }

    @Test(
        "What is no code",
        arguments: ["", "1.09804E+15", "1234567890123456789", "two words", "toolonga"]
    )
    func notCodes(text: String) {
        #expect(RecordCode(text) == nil)
    }

    @Test("A spreadsheet's rounding shows in the check digit")
    func rounded() throws {
        #expect(try #require(RecordCode("1098041000000101")).hasRightCheckDigit)
        #expect(try !#require(RecordCode("1098041000000100")).hasRightCheckDigit)
        #expect(try #require(RecordCode("F32.1")).hasRightCheckDigit)
    }
}
