import Kernel
import Testing

@Suite("NHS numbers")
struct NHSNumberTests {
    @Test(
        "Numbers with a right check digit are read, with or without spaces or hyphens",
        arguments: [
            ("9434765919", "943 476 5919"), ("943 476 5919", "943 476 5919"),
            ("943-476-5919", "943 476 5919"), ("9476719931", "947 671 9931"),
            ("9990000018", "999 000 0018"), (" 9990000018 ", "999 000 0018"),
        ]
    )
    func valid(text: String, spaced: String) throws {
        let number = try #require(NHSNumber(text))
        #expect(number.spaced == spaced)
        #expect(number.digits.utf8.count == 10)
        #expect(NHSNumber.problem(with: text) == nil)
    }

    @Test(
        "Other text is refused, and what is wrong is said without repeating it",
        arguments: [
            ("4857773456", "check digit"), ("9991234567", "check digit"), ("943476591", "9 digits"),
            ("94347659190", "11 digits"), ("", "0 digits"), ("943476591X", "not a digit"),
            ("９434765919", "not a digit"),
        ]
    )
    func invalid(text: String, words: String) throws {
        #expect(NHSNumber(text) == nil)
        let problem = try #require(NHSNumber.problem(with: text))
        #expect(problem.contains(words))
        #expect(text.isEmpty || !problem.contains(text))
    }

    @Test("Changing any one digit makes a number wrong")
    func singleErrors() {
        let right = Array("9434765919".utf8)
        for index in right.indices {
            for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != right[index] {
                var wrong = right
                wrong[index] = digit
                #expect(NHSNumber(String(decoding: wrong, as: UTF8.self)) == nil)
            }
        }
    }

    @Test("The check digit is worked out for nine digits, and none exists for one in eleven")
    func nineDigits() throws {
        #expect(NHSNumber(nineDigits: "943476591")?.digits == "9434765919")
        #expect(NHSNumber(nineDigits: "99900000") == nil)
        #expect(NHSNumber(nineDigits: "99900000x") == nil)
        var made = 0
        for n in 999_000_000..<999_001_100 {
            guard let number = NHSNumber(nineDigits: String(n)) else { continue }
            made += 1
            #expect(NHSNumber(number.digits) == number)
        }
        #expect((990...1_010).contains(made))
    }
}
