import Foundation
import Kernel
import Programmes
import Testing

@testable import Casework

@Suite("Eligibility") struct EligibilityTests {
    static let logic = """
        one       | other     | and       | or
        met       | met       | met       | met
        met       | not-known | not-known | met
        met       | not-met   | not-met   | met
        not-known | met       | not-known | met
        not-known | not-known | not-known | not-known
        not-known | not-met   | not-met   | not-known
        not-met   | met       | not-met   | met
        not-met   | not-known | not-met   | not-known
        not-met   | not-met   | not-met   | not-met
        """

    @Test("And, or and not are those of three-valued logic", arguments: TextTable(logic).rows)
    func threeValues(_ row: TextTable.Row) throws {
        let one = try #require(Verdict(rawValue: row["one"]))
        let other = try #require(Verdict(rawValue: row["other"]))
        #expect(one.and(other).rawValue == row["and"])
        #expect(one.or(other).rawValue == row["or"])
        #expect(one.negated.negated == one)
        #expect(one.negated.and(other.negated) == one.or(other).negated)
        #expect((one == .notKnown) == (one.negated == .notKnown))
    }

    /// What a rule asks for, what the referral says, and what comes of it.
    static let conditions = """
        rule                                | referral                   | verdict   | missing     | by
        {age: {from: 18, to: 65}}           | gp                         | not-known | birth_date  |
        {age: {from: 18, to: 65}}           | gp age=17                  | not-met   |             |
        {age: {from: 18, to: 65}}           | gp age=18                  | met       |             |
        {age: {from: 18, to: 65}}           | gp age=65                  | met       |             |
        {age: {from: 18, to: 65}}           | gp age=66                  | not-met   |             |
        {age: {from: 50}}                   | gp age=50                  | met       |             |
        {age: {from: 50}}                   | gp age=120                 | met       |             |
        {age: {to: 24}}                     | gp age=0                   | met       |             |
        {age: {to: 24}}                     | gp age=25                  | not-met   |             |
        {residence: city}                   | gp                         | not-known | postcode    |
        {residence: city}                   | gp outward_code=M8         | met       |             |
        {residence: city}                   | gp outward_code=M80        | not-met   |             |
        {residence: city}                   | gp outward_code=OL1        | met       |             |
        {residence: city}                   | gp outward_code=OL16       | met       |             |
        {residence: city}                   | gp outward_code=O1         | not-met   |             |
        {residence: city}                   | gp outward_code=SK1        | not-met   |             |
        {residence: city}                   | gp outward_code=ZZ99       | not-known |             |
        {residence: [city, far]}            | gp outward_code=SK1        | met       |             |
        {gp_area: city}                     | gp                         | not-known | gp_practice |
        {gp_area: city}                     | gp gp_practice=P84001      | met       |             |
        {gp_area: city}                     | gp gp_practice=P91003      | met       |             |
        {gp_area: city}                     | gp gp_practice=P91004      | not-met   |             |
        {gp_area: city}                     | gp gp_practice=XP84001     | not-met   |             |
        {jobcentre_area: city}              | gp                         | not-known | jobcentre   |
        {jobcentre_area: city}              | gp jobcentre=JCP-CITY      | met       |             |
        {jobcentre_area: city}              | gp jobcentre=JCP-FAR       | not-met   |             |
        {employment_status: [off-sick]}     | gp                         | not-known | employment_status |
        {employment_status: [off-sick]}     | gp employment_status=unknown | not-known | employment_status |
        {employment_status: [off-sick]}     | gp employment_status=off-sick | met    |             |
        {employment_status: [off-sick]}     | gp employment_status=in-work | not-met |             |
        {benefit: [esa, uc]}                | gp                         | not-known | benefit     |
        {benefit: [esa, uc]}                | gp benefit=uc              | met       |             |
        {benefit: [esa, uc]}                | gp benefit=pip             | not-met   |             |
        {condition: msk}                    | gp                         | not-known | condition   |
        {condition: msk}                    | gp condition=msk           | met       |             |
        {condition: msk}                    | gp condition=copd          | not-met   |             |
        {source: [gp, self]}                | self                       | met       |             |
        {source: [gp, self]}                | community                  | not-met   |             |
        {answer: {wants-work: yes}}         | gp                         | not-known | wants_work  |
        {answer: {wants-work: yes}}         | gp answers.wants-work=yes  | met       |             |
        {answer: {wants-work: yes}}         | gp answers.wants-work=no   | not-met   |             |
        {not: {condition: msk}}             | gp                         | not-known | condition   |
        {not: {condition: msk}}             | gp condition=msk           | not-met   |             |
        {not: {condition: msk}}             | gp condition=copd          | met       |             |
        {condition: msk, source: gp}        | gp                         | not-known | condition   |
        {condition: msk, source: gp}        | gp condition=msk           | met       |             |
        {condition: msk, source: gp}        | self                       | not-met   |             |
        {all: [{condition: msk}, {benefit: uc}]} | gp                    | not-known | condition benefit |
        {all: [{condition: msk}, {benefit: uc}]} | gp benefit=pip        | not-met   |             |
        {any: [{condition: msk}, {benefit: uc}]} | gp                    | not-known | condition benefit |
        {any: [{condition: msk}, {benefit: uc}]} | gp benefit=pip        | not-known | condition   |
        {any: [{condition: msk}, {benefit: uc}]} | gp benefit=uc         | met       |             | benefit
        {any: [{condition: msk}, {benefit: uc}]} | gp benefit=uc condition=msk | met |             | benefit condition
        {any: [{condition: msk}, {benefit: uc}]} | gp benefit=pip condition=copd | not-met |       |
        {any: [{residence: city}, {gp_area: city}]} | gp gp_practice=P84001 | met    |             | gp-area
        {any: [{jobcentre_area: city}, {age: {from: 60}}]} | gp age=61   | met       |             | age
        {any: [{answer: {wants-work: yes}}, {source: self}]} | gp answers.wants-work=yes | met |   | wants-work
        {any: [{employment_status: [off-sick]}, {source: self}]} | self  | met       |             | source
        """

    @Test("Each condition is judged as the table says", arguments: TextTable(conditions).rows)
    func eachCondition(_ row: TextTable.Row) throws {
        let rule = "{id: the-rule, require: \(row["rule"]), says: Not for you.}"
        let rules = "eligibility:\n  - \(rule)\n"
        let programme = try Self.programme(rules: rules)
        let decided = Eligibility.decide(try Self.referral(row["referral"]), programme: programme)
        let place = "row \(row.number): \(row["rule"]) of \(row["referral"])"
        #expect(decided.verdict.rawValue == row["verdict"], "\(place)")
        #expect(decided.missing.joined(separator: " ") == row["missing"], "\(place)")
        let by = row["by"].split(separator: " ").map { "the-rule.\($0):met" }.sorted()
        #expect(decided.rules.dropFirst().sorted() == by, "\(place)")
        #expect(decided.rules.first == "the-rule:\(row["verdict"])", "\(place)")
        #expect(decided.says == (row["verdict"] == "met" ? [] : ["Not for you."]), "\(place)")
        #expect(decided.programmeVersion == 3)
    }

    @Test("The verdicts of all rules are kept in order, with what is to be asked")
    func allRulesAreKept() throws {
        let programme = try Shipped.programme("example")
        let referral = try Self.referral("gp strand=msk outward_code=OL1 age=17")
        let decided = Eligibility.decide(referral, programme: programme)
        #expect(decided.verdict == .notMet)
        #expect(
            decided.rules == [
                "lives-here:met", "lives-here.residence:met", "working-age:not-met",
                "msk-only:not-known",
            ]
        )
        #expect(
            decided.says == ["The service is for people aged 18 to 65.", "This strand is for MSK."]
        )
        #expect(decided.missing == ["condition"])
    }

    @Test("A strand's rules are asked of its own referrals only")
    func strandRules() throws {
        let programme = try Shipped.programme("example")
        for (strand, rules) in [("msk", 3), ("be-well", 2)] {
            let referral = try Self.referral("gp strand=\(strand)")
            let decided = Eligibility.decide(referral, programme: programme)
            #expect(decided.rules.count == rules)
        }
        #expect(Eligibility.decide(try Self.referral("gp"), programme: programme).rules.count == 2)
    }

    @Test(
        "A referral that says all that is asked is known to be eligible or not",
        arguments: Shipped.names
    )
    func shippedProgrammes(_ name: String) throws {
        let programme = try Shipped.programme(name)
        let source = try #require(programme.referral.sources.first)
        var referral = ReferralReceived()
        referral.source = source.id
        let blank = Eligibility.decide(referral, programme: programme)
        #expect(blank.verdict != .notMet || blank.missing.isEmpty)
        #expect((blank.verdict == .notKnown) == !blank.missing.isEmpty)
        referral.age = 40
        referral.outwardCode = "M8"
        referral.practice = "P84001"
        referral.jobcentre = "JCP-MANCHESTER"
        referral.employmentStatus = "out-of-work"
        referral.benefit = "esa-wrag"
        referral.condition = "msk"
        for question in programme.referral.asks {
            referral.answers[question.id] = question.answers.first
        }
        let decided = Eligibility.decide(referral, programme: programme)
        #expect(decided.verdict != .notKnown)
        #expect(decided.missing == [])
    }

    private static func referral(_ words: String) throws -> ReferralReceived {
        let body = try EntryWords.body("referral \(words)")
        guard case .referralReceived(let referral) = body else { return ReferralReceived() }
        return referral
    }

    /// The example with other rules of eligibility.
    private static func programme(rules: String) throws -> Programme {
        let text = Shipped.example
        let from = try #require(text.range(of: "eligibility:\n"))
        let to = try #require(text.range(of: "strands:\n"))
        let yaml = text.replacingCharacters(in: from.lowerBound..<to.lowerBound, with: rules)
        return try Programme(yaml: yaml, file: "example")
    }
}
