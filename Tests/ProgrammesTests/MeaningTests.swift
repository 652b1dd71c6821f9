import Testing

@testable import Programmes

/// How each way of writing a population, a condition and a figure is read.
@Suite("What a programme file means") struct MeaningTests {
    /// The population `known` of the sound file, written in another way.
    private func population(_ yaml: String) throws -> Population? {
        let old = "known: {all: [engaged, retained]}"
        let text = try Repository.beside("sound-file.yaml").replacing(old, with: "known: \(yaml)")
        return try Programme(yaml: text, file: "").populations.first { $0.id == "known" }?
            .population
    }

    static let populations: [(String, Population)] = [
        ("everyone", .everyone),
        ("engaged", .named("engaged")),
        ("{reached: engaged}", .reached(.firstContact)),
        ("{not: engaged}", .not(.named("engaged"))),
        ("{strand: main}", .code(.strand, ["main"])),
        ("{condition: [msk, copd]}", .code(.condition, ["msk", "copd"])),
        ("{condition: blank}", .blank(.condition)),
        ("{condition: {not: [msk]}}", .not(.code(.condition, ["msk"]))),
        ("{condition: {not: blank}}", .not(.blank(.condition))),
        ("{condition: [msk, blank]}", .any([.blank(.condition), .code(.condition, ["msk"])])),
        ("{eligible: yes}", .code(.eligible, ["yes"])),
        ("{age: 40}", .number(.age, from: 40, to: 40)),
        ("{age: {from: 50}}", .number(.age, from: 50, to: nil)),
        ("{intervention: cbt}", .token(.interventions, key: "cbt", values: [])),
        (
            "{intervention: [cbt, physiotherapy]}",
            .any([
                .token(.interventions, key: "cbt", values: []),
                .token(.interventions, key: "physiotherapy", values: []),
            ])
        ),
        (
            "{onward: {ips: [pending, started]}}",
            .token(.onward, key: "ips", values: ["pending", "started"])
        ),
        // One of the service guide, which goes by its UUID.
        (
            "{onward: {ac148810-d857-441c-9679-408f346de14b: started}}",
            .token(.onward, key: "ac148810-d857-441c-9679-408f346de14b", values: ["started"])
        ),
        ("{answer: {felt-helped: yes}}", .token(.answers, key: "felt-helped", values: ["yes"])),
        ("{answer: {felt-helped: no}}", .token(.answers, key: "felt-helped", values: ["no"])),
        ("{job: {placement: open}}", .token(.jobs, key: "placement", values: ["open"])),
        ("{clock: {assessment: met}}", .token(.clocks, key: "assessment", values: ["met"])),
        ("{outcome: earned}", .token(.outcomes, key: "earned", values: [])),
        ("{consent: {evaluation: given}}", .token(.consents, key: "evaluation", values: ["given"])),
        ("{score: phq-9.exit}", .token(.scores, key: "phq-9.exit", values: [])),
        (
            "{eligibility: {lives-here.gp-area: met}}",
            .token(.eligibility, key: "lives-here.gp-area", values: ["met"])
        ),
        (
            "{strand: main, reached: closed}",
            .all([.reached(.closed), .code(.strand, ["main"])])
        ),
    ]

    @Test("A population is read as it is meant", arguments: populations)
    func populationsAreRead(_ yaml: String, _ expected: Population) throws {
        #expect(try population(yaml) == expected)
    }

    static let conditions: [(String, Condition)] = [
        ("{gp_area: city}", .practiceArea(["city"])),
        ("{jobcentre_area: [city]}", .jobcentreArea(["city"])),
        ("{age: {from: 18}}", .age(from: 18, to: nil)),
        ("{not: {benefit: esa-wrag}}", .not(.benefit(["esa-wrag"]))),
        ("{employment_status: [off-sick]}", .employmentStatus(["off-sick"])),
        ("{answer: {felt-helped: no}}", .answer(question: "felt-helped", answers: ["no"])),
        (
            "{source: gp, condition: msk}",
            .all([.condition(["msk"]), .source(["gp"])])
        ),
    ]

    @Test("A condition is read as it is meant", arguments: conditions)
    func conditionsAreRead(_ yaml: String, _ expected: Condition) throws {
        let text = try Repository.beside("sound-file.yaml")
            .replacing("{gp_area: city}", with: yaml)
        let rule = try Programme(yaml: text, file: "").eligibility.first?.require
        #expect(rule == .any([.residence(["city"]), expected]))
    }

    @Test("A row takes the indicator that it names, and tells its line") func rowsAreRead() throws {
        let programme = try Programme(yaml: Repository.beside("sound-file.yaml"), file: "")
        let rows = programme.report?.rows ?? []
        #expect(rows.map(\.line) == [55, 56, 57, 58])
        #expect(rows.last?.indicator == programme.indicators.first?.indicator)
        #expect(rows.last?.show == Show(form: .countPercent, rounding: .whole))
        #expect(rows.first?.indicator.of == .target(id: "people", value: 100))
        #expect(rows[2].show == Show(form: .pounds, rounding: .whole))
    }

    @Test("A run chart's target is a number, or one of the file's targets")
    func runCharts() throws {
        let sound = try Programme(yaml: Repository.beside("sound-file.yaml"), file: "")
        let starts = RunChartRule(chart: .starts, target: 9, better: .up)
        let referrals = RunChartRule(chart: .referrals, provider: "big-life", target: 100)
        #expect(sound.runCharts == [starts, referrals])
    }
}
