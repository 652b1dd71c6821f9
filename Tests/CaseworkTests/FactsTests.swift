import Kernel
import Programmes
import Testing

@testable import Casework

@Suite("Facts") struct FactsTests {
    static let rich: VerdictTable = VerdictTable(
        name: "A case with one of everything",
        text: """
            day        | what happens                                            | verdict
            2024-12-02 | referral gp referrer=P84001 strand=be-well condition=msk employment_status=in-work benefit=uc gender=female ethnicity=M age=49 outward_code=OL4 gp_practice=P84001 answers.wants-work=yes | ok
            2024-12-03 | accepted                                                | ok
            2024-12-03 | coach dee                                               | ok
            2024-12-04 | contact no-answer                                       | ok
            2024-12-05 | contact reached                                         | ok
            2024-12-05 | booked first-appointment a 2024-12-09                   | ok
            2024-12-05 | consent referral                                        | ok
            2024-12-05 | consent-refused employer                                | ok
            2024-12-05 | consent evaluation                                      | ok
            2024-12-09 | attended first-appointment a                            | ok
            2024-12-10 | assessed high barriers=housing,debt,debt                | ok
            2024-12-10 | measure phq-9 baseline score=15                         | ok
            2024-12-10 | started                                                 | ok
            2024-12-10 | plan thrive-in-work                                     | ok
            2024-12-10 | goal walk; goal sleep; goal-done walk                   | ok
            2024-12-11 | delivered cbt 2; delivered physiotherapy 3              | ok
            2024-12-12 | delivered cbt                                           | ok
            2024-12-13 | plan move-into-work; status out-of-work                 | ok
            2024-12-13 | onward ips; onward talking-therapies tt                 | ok
            2024-12-16 | answered ips declined deferred; answered tt accepted    | ok
            2024-12-17 | missed first-appointment b; cancelled job-interview c   | ok
            2024-12-18 | attended job-interview d result=awaited                 | ok
            2024-12-18 | booked job-interview e 2025-01-08                       | ok
            2024-12-18 | fit-note 2024-12-18 2025-01-02 not-fit                  | ok
            2025-01-06 | job stall kind=placement hours_per_week=8               | ok
            2025-01-13 | job shop hours_per_week=16; job-ended stall             | ok
            2025-01-20 | job-changed shop hours_per_week=20                      | ok
            2025-02-03 | measure phq-9 exit score=4                              | ok
            2025-02-03 | measure exit-questions exit answers.felt-helped=yes     | ok
            2025-02-03 | risk fall safeguarding                                  | ok
            2025-02-03 | discharged in-work improved=yes                         | ok
            """
    )

    static let columns = """
        column                  | value
        referred_on             | 2024-12-02
        accepted_on             | 2024-12-03
        first_contact_on        | 2024-12-05
        first_attended_on       | 2024-12-09
        assessed_on             | 2024-12-10
        started_on              | 2024-12-10
        plan_agreed_on          | 2024-12-10
        onward_referred_on      | 2024-12-13
        job_started_on          | 2025-01-13
        discharged_on           | 2025-02-03
        tracking_ended_on       |
        closed_on               |
        state                   | tracking
        strand                  | be-well
        provider                | big-life
        coach                   | dee
        referral_source         | gp
        referrer                | P84001
        gp_practice             | P84001
        condition               | msk
        employment_status       | in-work
        employment_status_now   | out-of-work
        benefit                 | uc
        gender                  | female
        ethnicity               | M
        ethnicity_group         | black
        age_band                | 35-49
        outward_code            | OL4
        area                    | city
        eligible                | yes
        intensity               | high
        plan_kind               | move-into-work
        discharge_status        | in-work
        discharge_improved      | yes
        closure_reason          |
        risk                    | open
        deprivation_decile      |
        interventions           | cbt:3 physiotherapy:3
        onward                  | ips:deferred talking-therapies:accepted
        appointments            | first-appointment:attended first-appointment:did-not-attend job-interview:awaited job-interview:booked@2025-01-08 job-interview:cancelled
        answers                 | felt-helped:yes wants-work:yes
        scores                  | phq-9.baseline:15 phq-9.exit:4
        jobs                    | job:open placement:ended
        clocks                  | assessment:met contact:met
        outcomes                | job-start@2025-01-13 thirteen@2025-04-13
        consents                | employer:refused evaluation:given referral:given
        barriers                | debt housing
        eligibility             | lives-here.gp-area:met lives-here.residence:met lives-here:met working-age:met
        age                     | 49
        contact_attempts        | 2
        appointments_attended   | 2
        appointments_missed     | 1
        intervention_sessions   | 6
        intervention_cost_pence | 23413
        job_spells              | 1
        weekly_hours            | 20
        goals_agreed            | 2
        goals_done              | 1
        fit_notes               | 1
        """

    @Test("Each column holds what the table says")
    func eachColumn() throws {
        let situation = try Self.rich.check().situation
        let facts = try #require(situation.facts())
        let row = Self.row(facts)
        let expected = TextTable(Self.columns).rows
        for cell in expected { #expect(row[cell["column"]] == cell["value"], "\(cell["column"])") }
        #expect(row.count == expected.count, "every column is in the table")
        #expect(facts.lastOccurredOn.iso == "2025-02-03")
        #expect(facts.version == situation.history.version)
        #expect(facts.lastRecordedAt == situation.history.events.last?.recordedAt)
        #expect(facts.reference == "A1" && facts.programme == "example")
        #expect(facts.programmeVersion == 3)
    }

    /// What else happens to that case, and the columns that change.
    static let changes = """
        day        | what happens               | column                | value
        2025-02-04 | risk-resolved fall         | risk                  |
        2025-02-04 | rerouted msk               | provider              | mft
        2025-02-04 | transfer-asked gaddum      | provider              | mft
        2025-02-05 | transfer-accepted gaddum   | provider              | gaddum
        2025-02-06 | coach eve                  | coach                 | eve
        2025-02-06 | transfer-asked mft         | provider              | gaddum
        2025-02-07 | rerouted be-well           | provider              | big-life
        2025-02-07 | note                       | coach                 |
        2025-02-07 | transfer-asked gaddum      | provider              | big-life
        2025-02-08 | transfer-accepted gaddum   | provider              | gaddum
        2025-02-06 | job-ended shop             | jobs                  | job:ended placement:ended
        2025-02-06 | note                       | weekly_hours          |
        2025-02-06 | note                       | outcomes              | job-start@2025-01-13
        2025-02-07 | job held since=2023-01-09  | job_started_on        | 2025-01-13
        2025-02-07 | job mill since=2025-01-09  | job_started_on        | 2025-01-09
        2025-03-03 | tracking reached off-sick  | employment_status_now | off-sick
        2025-03-03 | measure phq-9 exit score=9 | scores                | phq-9.baseline:15 phq-9.exit:9
        2025-05-06 | tracking-ended             | closure_reason        | completed
        2025-05-06 | note                       | state                 | closed
        2025-05-06 | reopened                   | closed_on             |
        2025-05-06 | note                       | tracking_ended_on     |
        2025-05-07 | closed ineligible          | eligible              | no
        """

    @Test("What happens next changes the columns that it should")
    func whatChanges() throws {
        var situation = try Self.rich.check().situation
        for row in TextTable(Self.changes).rows {
            #expect(try situation.tell(row) == "ok", "row \(row.number)")
            let facts = try #require(situation.facts())
            #expect(Self.row(facts)[row["column"]] == row["value"], "row \(row.number)")
        }
    }

    /// Whether the person is taken as eligible, by what is known and what was decided.
    static let eligible = """
        what happens                                         | eligible
        referral gp                                          | not-known
        referral gp outward_code=M8 age=40                   | not-known
        referral gp outward_code=M8 age=70                   | no
        referral gp; accepted                                | yes
        referral gp outward_code=M8 age=40; returned ineligible | no
        referral gp outward_code=M8 age=40; returned not-accepted | not-known
        referral gp; accepted; closed ineligible             | no
        referral gp; accepted; closed disengaged             | yes
        """

    @Test(
        "Eligible is yes once accepted, no by the rules or the answer, else not known",
        arguments: TextTable(eligible).rows
    )
    func whoIsEligible(_ row: TextTable.Row) throws {
        var situation = Situation(try Shipped.programme("example"))
        #expect(try situation.tell(row) == "ok")
        #expect(situation.facts()?[.eligible] == row["eligible"])
    }

    static let bands = """
        age | band
        0   | under-16
        15  | under-16
        16  | 16-24
        24  | 16-24
        25  | 25-34
        34  | 25-34
        35  | 35-49
        49  | 35-49
        50  | 50-64
        64  | 50-64
        65  | 65-and-over
        130 | 65-and-over
        """

    @Test("Ages fall into the bands of the reports", arguments: TextTable(bands).rows)
    func ageBands(_ row: TextTable.Row) throws {
        #expect(ageBand(try #require(Int(row["age"]))) == row["band"])
    }

    @Test("Before the referral there are no facts")
    func noFacts() throws {
        #expect(Situation(try Shipped.programme("example")).facts() == nil)
    }

    private static func row(_ facts: Facts) -> [String: String] {
        var row: [String: String] = [:]
        for milestone in Milestone.allCases { row[milestone.column] = facts[milestone]?.iso ?? "" }
        for field in CodeField.allCases { row[field.column] = facts[field] ?? "" }
        for field in SetField.allCases { row[field.column] = facts[field] }
        for field in NumberField.allCases { row[field.column] = facts[field].map { "\($0)" } ?? "" }
        return row
    }
}
