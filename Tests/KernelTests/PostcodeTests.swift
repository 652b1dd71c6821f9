import Kernel
import Testing

@Suite("Postcodes and organisation codes")
struct PostcodeTests {
    @Test(
        "Every form of postcode is read in any case, with or without its space",
        arguments: [
            ("M20 2LS", "M20"), ("M1 1AE", "M1"),
            ("CR2 6XH", "CR2"), ("DN55 1PT", "DN55"),
            ("W1A 1HQ", "W1A"), ("EC1A 1BB", "EC1A"),
            ("GIR 0AA", "GIR"), ("SW1A 2AA", "SW1A"),
            // The NHS's own: no fixed abode, address not known, England.
            ("ZZ99 3VZ", "ZZ99"), ("ZZ99 3WZ", "ZZ99"), ("ZZ99 3CZ", "ZZ99"),
        ]
    )
    func forms(text: String, outward: String) throws {
        let joined = text.replacing(" ", with: "")
        let spellings = [text, text.lowercased(), joined, joined.lowercased(), " \(text)  "]
        for spelling in spellings {
            let postcode = try #require(Postcode(spelling), "\(spelling)")
            #expect(postcode.text == text)
            #expect(postcode.outward == outward)
            #expect(Postcode.isOutwardCode(outward))
        }
    }

    @Test(
        "Text that has not the form or its letters is refused",
        arguments: [
            "", "M20", "M20 2L", "M20 2LSS", "M2 02LS", "M 20 2LS", "M202 2LS", "QM1 1AA", "V1 1AA",
            "X1 1AA", "AI1 1AA", "AZ1 1AA", "M20 2CS", "M20 2LO", "A1L 1AA", "AA1C 1AA", "1M 1AA",
            "ABC1 1AA", "M20 LLS", "GIR 0AB", "GIR 1AA", "M20-2LS",
            "ZZ99 3VA", "ZZ99 VVZ", "ZZ98 3VZ", "ZZ9 3VZ", "£20 2LS", "M20 2L\u{E9}",
            "not a postcode at all, nor nearly one",
        ]
    )
    func refused(text: String) {
        #expect(Postcode(text) == nil)
        #expect(!Postcode.isOutwardCode("\(text) 1"))
    }

    @Test("Organisation codes are three to ten letters and digits, in capitals")
    func organisations() throws {
        #expect(ODSCode("p84009")?.text == "P84009")
        #expect(ODSCode("QOP")?.text == "QOP")
        #expect(ODSCode("ABCDEFGHIJ") != nil)
        for bad in ["", "AB", "ABCDEFGHIJK", "A B", "A-1", "É12"] { #expect(ODSCode(bad) == nil) }
        for own in ["p84009", "Y02520", "K1D3M", "80005", "P84009001"] {
            #expect(ODSCode(practice: own)?.text == own.uppercased())
        }
        for name in ["BobSmith", "BobSmith1", "1SMITH", "QOP", "P84-09"] {
            #expect(ODSCode(practice: name) == nil)
        }
        #expect(try #require(ODSCode("P84009")).looksLikePractice)
        for other in ["QOP", "RW3", "P8400", "P840091", "884009", "PP4009"] {
            #expect(try !#require(ODSCode(other)).looksLikePractice)
        }
    }
}
