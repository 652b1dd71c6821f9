import Kernel
import Programmes
import Testing

@testable import Casework

/// What a case keeps for the pages, beyond what facts need.
@Suite("What a case keeps") struct CaseAnswersTests {
    private static func told(_ table: String, programme: String = "example") throws -> Situation {
        try VerdictTable(name: "story", programme: programme, text: table).check().situation
    }

    @Test("Booked again on the day it was missed, an appointment is to come") func rebooked() throws
    {
        let situation = try Self.told(
            """
            day        | what happens                                                       | verdict
            2024-11-04 | referral gp                                                        | ok
            2024-11-04 | booked first-appointment a 2024-11-11 time=09:00                   | ok
            2024-11-11 | missed first-appointment a                                         | ok
            2024-11-11 | booked first-appointment a 2024-11-18 time=14:30 minutes=50 place=video | ok
            """
        )
        let open = situation.folded.appointments.filter { $0.outcome == nil }
        #expect(open.map(\.day.iso) == ["2024-11-18"])
        #expect(open.first?.time == "14:30" && open.first?.minutes == 50)
        #expect(open.first?.place == "video")
        let tokens = "first-appointment:booked@2024-11-18 first-appointment:did-not-attend"
        #expect(situation.facts()?[.appointments] == tokens)
    }

    @Test(
        "An accepted transfer leaves the old coach behind, and a declined one leaves all as it was"
    )
    func transfers() throws {
        var situation = try Self.told(
            """
            day        | what happens           | verdict
            2024-11-04 | referral gp strand=be-well; coach dee | ok
            2024-11-05 | transfer-asked mft     | ok
            2024-11-05 | transfer-declined mft  | ok
            """
        )
        #expect(situation.folded.transferAskedTo == nil && situation.folded.coach == "dee")
        #expect(situation.facts()?[.provider] == "big-life")
        let day = try #require(CivilDate(iso: "2024-11-06"))
        situation.tell(try situation.command("transfer-asked mft; transfer-accepted mft", on: day))
        #expect(situation.folded.coach == nil && situation.facts()?[.provider] == "mft")
        situation.tell(try situation.command("coach ann", on: day))
        #expect(situation.folded.coach == "ann")
    }

    @Test("Whoever comes back for more support keeps the first day of discharge, and the last word")
    func supportAgain() throws {
        var situation = try Self.told(
            """
            day        | what happens                        | verdict
            2024-11-04 | referral gp; assessed low; started  | ok
            2024-12-05 | discharged in-work improved=yes     | ok
            2025-03-06 | tracking-ended                      | ok
            2025-03-10 | reopened support                    | ok
            """
        )
        // Nothing that was counted or claimed is taken back because more is done.
        #expect(situation.facts()?[.discharged]?.iso == "2024-12-05")
        #expect(situation.facts()?[.dischargeStatus] == "in-work")
        #expect(situation.facts()?[.dischargeImproved] == "yes")
        #expect(situation.facts()?[.state] == "started")
        var items = situation.folded.workItems(in: situation.programme)
        #expect(items.first { $0.kind == .supportEnd }?.dueOn.iso == "2025-09-08")

        let day = try #require(CivilDate(iso: "2025-04-11"))
        #expect(situation.tell(try situation.command("discharged off-sick", on: day)) == "ok")
        #expect(situation.facts()?[.discharged]?.iso == "2024-12-05")
        #expect(situation.facts()?[.dischargeStatus] == "off-sick")
        #expect(situation.folded.dischargedOn == day)
        // Tracking begins anew.
        items = situation.folded.workItems(in: situation.programme)
        #expect(items.first { $0.kind == .tracking }?.dueOn.iso == "2025-05-09")
    }

    @Test("A service without a place has one code, whichever it was told by") func noPlace() throws
    {
        let situation = try Self.told(
            """
            day        | what happens                                                   | verdict
            2024-12-02 | referral gp employment_status=out-of-work; plan move-into-work | ok
            2024-12-03 | onward ips one; onward ips two; onward ips three               | ok
            2024-12-04 | answered one declined full; answered two declined no-capacity  | ok
            2024-12-04 | answered three declined waiting-list                           | ok
            """
        )
        let words = situation.folded.onward.map(\.word)
        #expect(words == ["no-capacity", "no-capacity", "waiting-list"])
        #expect(situation.facts()?[.onward] == "ips:no-capacity ips:waiting-list")
    }

    @Test("The plan's and the risk's own words are there with the key, and facts do without")
    func ownWords() throws {
        var situation = try Self.told(
            """
            day        | what happens | verdict
            2024-11-04 | referral gp  | ok
            """
        )
        var goal = GoalAdded()
        (goal.goal, goal.text) = ("walk", "Walk to the shop")
        var action = ActionAdded()
        (action.action, action.goal, action.text) = ("shoes", "walk", "Buy shoes")
        var risk = RiskRaised()
        (risk.risk, risk.about, risk.text) = ("fall", "other", "Unsteady")
        let day = Situation.today
        for body in [EventBody.goalAdded(goal), .actionAdded(action), .riskRaised(risk)] {
            #expect(situation.tell(Command(body, on: day)) == "ok")
        }
        let folded = situation.folded
        #expect(folded.goals.map(\.text) == ["Walk to the shop"])
        #expect(folded.actions.map(\.text) == ["Buy shoes"] && folded.actions.first?.goal == "walk")
        #expect(folded.risks.map(\.text) == ["Unsteady"] && folded.risks.first?.raisedOn == day)
        #expect(folded.workItems(in: situation.programme).allSatisfy { !$0.says.contains("Unst") })
    }

    @Test("Answers given later reach the facts, and eligibility is decided with all of them")
    func answeredLater() throws {
        var situation = try Self.told(
            """
            day        | what happens                                     | verdict
            2024-11-04 | referral gp age=70 employment_status=unknown     | ok
            2024-11-04 | supplied strand=be-well                          | ok
            2024-11-06 | supplied outward_code=M8 employment_status=in-work answers.wants-work=yes | ok
            """
        )
        let facts = try #require(situation.facts())
        #expect(facts[.strand] == "be-well" && facts[.area] == "city")
        #expect(facts[.employmentStatus] == "in-work" && facts[.employmentStatusNow] == "in-work")
        #expect(facts[.answers] == "wants-work:yes" && facts[.eligible] == "no")
        #expect(
            situation.history.facts(
                programme: situation.programme,
                asAt: CivilDate(iso: "2024-11-05")
            )?[.area] == nil
        )
        // The referral is corrected under the answers: they are judged anew with it.
        let day = try #require(CivilDate(iso: "2024-11-04"))
        let better = try situation.command("instead of 1: referral gp age=40", on: day)
        #expect(situation.tell(better) == "ok")
        #expect(situation.folded.eligibility?.verdict == .met)
        #expect(situation.facts()?[.eligibility].contains("working-age:met") == true)
        let decided = situation.history.effective().filter { $0.body.kind == .eligibilityDecided }
        #expect(decided.count == 3, "one for the referral and one for each answer")
        // Without the answers it is not known again.
        #expect(situation.tell(try situation.command("void 3", on: day)) == "ok")
        #expect(situation.folded.eligibility?.missing == ["postcode", "gp_practice", "jobcentre"])
    }

    @Test("A correction holds from its day on, and leaves what has been told since")
    func corrected() throws {
        var situation = try Self.told(
            """
            day        | what happens                                                          | verdict
            2024-11-04 | referral gp gender=male ethnicity=A gp_practice=P84001 employment_status=in-work | ok
            2024-11-06 | supplied gender=female gp_practice=P84002 corrects=gender,gp_practice | ok
            2024-11-06 | supplied employment_status=off-sick corrects=employment_status        | ok
            """
        )
        let facts = try #require(situation.facts())
        #expect(facts[.gender] == "female" && facts[.practice] == "P84002")
        #expect(facts[.ethnicity] == "A")
        #expect(facts[.employmentStatus] == "off-sick" && facts[.employmentStatusNow] == "off-sick")
        let before = situation.history.facts(
            programme: situation.programme,
            asAt: CivilDate(iso: "2024-11-05")
        )
        #expect(before?[.gender] == "male" && before?[.employmentStatus] == "in-work")
        let day = try #require(CivilDate(iso: "2024-11-08"))
        for words in [
            "status in-work", "supplied employment_status=out-of-work corrects=employment_status",
        ] {
            #expect(situation.tell(try situation.command(words, on: day)) == "ok")
        }
        #expect(situation.facts()?[.employmentStatus] == "out-of-work")
        // On one day answers to the referral come before what is recorded.
        #expect(situation.facts()?[.employmentStatusNow] == "in-work")
        let later = try #require(CivilDate(iso: "2024-11-11"))
        let again = "supplied employment_status=off-sick corrects=employment_status"
        #expect(situation.tell(try situation.command(again, on: later)) == "ok")
        #expect(situation.facts()?[.employmentStatus] == "off-sick")
        #expect(situation.facts()?[.employmentStatusNow] == "in-work")
        // Without the correction, what the referral said holds again.
        #expect(situation.tell(try situation.command("void 2", on: later)) == "ok")
        #expect(situation.facts()?[.gender] == "male")
    }

    /// Who is asked for what is missing, and in which words.
    static let missing = """
        referral           | owner    | says
        gp age=40          | referrer | Missing from the referral: postcode; general practice; Jobcentre
        self age=40        | coach    | Missing from the referral: postcode; general practice; Jobcentre
        gp outward_code=M8 | referrer | Missing from the referral: date of birth
        """

    @Test("What is missing is asked of whoever can say it", arguments: TextTable(missing).rows)
    func whoIsAsked(_ row: TextTable.Row) throws {
        var situation = Situation(try Shipped.programme("example"))
        let day = try #require(CivilDate(iso: "2024-11-04"))
        let command = try situation.command("referral \(row["referral"])", on: day)
        #expect(situation.tell(command) == "ok")
        let items = situation.folded.workItems(in: situation.programme)
        let item = try #require(items.first { $0.kind == .missingAnswer })
        #expect(item.owner == row["owner"] && item.says == row["says"])
        #expect(item.dueOn.iso == "2024-11-11")
    }

    @Test("Nothing is missing once it is known, and nothing is asked once support has started")
    func nothingMissing() throws {
        for words in ["referral gp age=40 outward_code=M8", "referral gp; started"] {
            var situation = Situation(try Shipped.programme("example"))
            #expect(situation.tell(try situation.command(words, on: Situation.today)) == "ok")
            let kinds = situation.folded.workItems(in: situation.programme).map(\.kind)
            #expect(!kinds.contains(.missingAnswer), "\(words)")
            #expect(kinds.contains(.acceptance) == !words.contains("started"), "\(words)")
        }
    }

    @Test("Distance travelled sets the last answer beside the first, for better or worse")
    func distance() throws {
        let situation = try Self.told(
            """
            day        | what happens                                                 | verdict
            2024-11-04 | referral gp employment_status=off-sick                       | ok
            2024-11-05 | measure phq-9 baseline score=15; measure gad-7 baseline score=8 | ok
            2024-11-05 | measure ons4 baseline answers.ons4-anxiety=7 answers.ons4-happiness=4 answers.ons4-worthwhile=5 | ok
            2024-12-05 | measure ons4 review answers.ons4-anxiety=8 answers.ons4-happiness=6 | ok
            2025-02-03 | measure phq-9 exit score=4; measure gad-7 exit score=8       | ok
            2025-02-03 | measure ons4 exit answers.ons4-anxiety=9; status in-work     | ok
            """
        )
        let travelled = situation.folded.distanceTravelled(in: situation.programme)
        let lines = travelled.changes.map { change in
            let verdict = change.isBetter.map { $0 ? "better" : "worse" } ?? "same"
            return "\(change.item ?? change.instrument) \(change.before) \(change.now) "
                + "\(change.occasion.rawValue) \(verdict) \(change.difference)"
        }
        #expect(
            lines == [
                "phq-9 15 4 exit better -11", "ons4-happiness 4 6 review better 2",
                "ons4-anxiety 7 9 exit worse 2", "gad-7 8 8 exit same 0",
            ]
        )
        #expect(travelled.statusThen == "off-sick" && travelled.statusNow == "in-work")
    }

    @Test("Those who wait are ranked by the first rule met, then by the day of referral")
    func waiting() throws {
        let programme = try Shipped.programme("workwell-manchester")
        let rows = [
            ("c", "2024-11-05", "gp"), ("b", "2024-11-05", "gp employment_status=in-work"),
            ("a", "2024-11-06", "gp employment_status=off-sick"),
            ("d", "2024-11-04", "gp employment_status=in-work"),
            ("e", "2024-11-04", "gp employment_status=out-of-work"),
        ]
        let cases = try rows.map { reference, iso, words in
            var situation = Situation(programme)
            situation.history.header.reference = reference
            let day = try #require(CivilDate(iso: iso))
            #expect(situation.tell(try situation.command("referral \(words)", on: day)) == "ok")
            return situation.folded
        }
        #expect(cases.map { programme.priority(of: $0)?.rank } == [nil, 2, 1, 2, nil])
        #expect(programme.priority(of: cases[2])?.rank == 1)
        #expect(programme.priority(of: cases[1])?.says == "In work and struggling to stay there.")
        #expect(programme.priority(of: cases[0]) == nil)
    }
}
