import Kernel
import Testing

@Suite("Faults and spelling")
struct FaultTests {
    @Test("A fault reads as one line that leaves out what is not known")
    func description() {
        let whole = Fault(
            file: "a.csv",
            line: 3,
            column: 7,
            field: "postcode",
            problem: "not a postcode",
            expected: "one like M20 2LS"
        )
        #expect(
            whole.description == "a.csv:3:7: postcode: not a postcode; expected one like M20 2LS"
        )
        #expect(Fault(file: "a.csv", line: 3, problem: "bad").description == "a.csv:3: bad")
        #expect(Fault(field: "id", problem: "bad").description == "id: bad")
        #expect(Fault(problem: "bad", expected: "good").description == "bad; expected good")
        let both = Faults(faults: [Fault(problem: "one"), Fault(problem: "two")])
        #expect("\(both)" == "one\ntwo")
    }

    @Test(
        "The nearest spelling is found",
        arguments: [
            ("emploment", "employment"), ("posctode", "postcode"), ("Postcode", "postcode"),
            ("employmnet", "employment"), ("id", "id"), ("dat", "date"), ("referal", "referral"),
        ]
    )
    func nearest(word: String, found: String) {
        let words = ["date", "employment", "id", "postcode", "referral"]
        #expect(nearestSpelling(to: word, in: words) == found)
    }

    @Test("Nothing is suggested for a word that is far from all, or shares nothing")
    func tooFar() {
        #expect(nearestSpelling(to: "colour", in: ["date", "employment"]) == nil)
        #expect(nearestSpelling(to: "xy", in: ["id", "no"]) == nil)
        #expect(nearestSpelling(to: "", in: ["", "id"]) == nil)
        #expect(nearestSpelling(to: "date", in: [String]()) == nil)
    }

    @Test("For a word of three letters or fewer, one letter apart is the farthest")
    func short() {
        let words = ["to", "from", "code", "yes"]
        #expect(nearestSpelling(to: "DOB", in: words) == nil)
        #expect(nearestSpelling(to: "Town", in: words) == nil)
        #expect(nearestSpelling(to: "YES", in: words) == "yes")
        #expect(nearestSpelling(to: "yess", in: words) == "yes")
    }

    @Test("Of two as near, the first is suggested")
    func tie() {
        #expect(nearestSpelling(to: "bat", in: ["cat", "hat"]) == "cat")
    }
}
