/// Referral, acceptance, strands, states.
extension VerdictTable {
    static let referral = [
        VerdictTable(
            name: "A case begins with one referral, by the programme's own words and dates",
            text: """
                day        | what happens                                 | verdict
                2024-11-04 | accepted                                     | no-referral
                2026-03-02 | referral gp                                  | in-the-future
                2024-09-30 | referral gp                                  | outside-programme
                2024-11-04 | referral dentist                             | unknown-value
                2024-11-04 | referral gp strand=be-wel                    | unknown-value
                2024-11-04 | referral gp strand=msk                       | msk-outside-programme
                2024-11-04 | referral gp employment_status=retired        | unknown-value
                2024-11-04 | referral gp gender=x                         | unknown-value
                2024-11-04 | referral gp ethnicity=Q                      | unknown-value
                2024-11-04 | referral gp age=-1                           | out-of-range
                2024-11-04 | referral gp age=131                          | out-of-range
                2024-11-04 | referral gp answers.shoe-size=9              | unknown-value
                2024-11-04 | referral gp answers.wants-work=perhaps       | unknown-value
                2024-11-04 | referral gp strand=be-well age=40            | ok
                2024-11-05 | referral gp strand=be-well                   | already-referred
                2024-11-03 | note                                         | no-referral
                2024-11-04 | note                                         | ok
                """
        ),
        VerdictTable(
            name: "A refusal says what is meant and what to do",
            text: """
                day        | what happens                | verdict           | says
                2024-09-30 | referral gp                 | outside-programme | from 1 October 2024 to 31 March 2026
                2024-11-04 | referral gp strand=be-wel   | unknown-value     | Did you mean be-well?
                2024-11-04 | referral gp outward_code=LS1 gp_practice=B86001 jobcentre=JCP-LEEDS | ok |
                2024-11-05 | accepted                    | lives-here-not-eligible | must be in the city
                """
        ),
        VerdictTable(
            name: "Whoever is known not to be eligible is neither accepted nor started",
            text: """
                day        | what happens                                      | verdict
                2024-11-04 | referral gp outward_code=M8 age=70                | ok
                2024-11-05 | accepted                                          | working-age-not-eligible
                2024-11-05 | started                                           | working-age-not-eligible
                2024-11-05 | eligibility-decided met                           | not-an-entry
                2024-11-04 | instead of 1: referral gp outward_code=M8 age=65  | ok
                2024-11-05 | accepted                                          | ok
                2024-11-05 | accepted                                          | already-accepted
                2024-11-04 | instead of 5: referral gp outward_code=M8 age=70  | working-age-not-eligible
                """
        ),
        VerdictTable(
            name: "What is not known never refuses",
            text: """
                day        | what happens | verdict | state
                2024-11-04 | referral gp  | ok      | referred
                2024-11-05 | accepted     | ok      | accepted
                """
        ),
        VerdictTable(
            name: "A strand has rules and dates of its own, also for whoever is moved to it",
            text: """
                day        | what happens                                                 | verdict
                2024-11-29 | referral gp strand=be-well outward_code=M8 age=40 condition=copd | ok
                2024-11-30 | rerouted msk                                                 | msk-outside-programme
                2024-12-01 | rerouted msc                                                 | unknown-value
                2024-12-01 | rerouted msk                                                 | ok
                2024-12-02 | accepted                                                     | msk-only-not-eligible
                2024-12-02 | rerouted be-well                                             | ok
                2024-12-02 | accepted                                                     | ok
                """
        ),
        VerdictTable(
            name: "A case goes through its states, and may skip one",
            text: """
                day        | what happens             | verdict            | state
                2024-11-04 | referral gp              | ok                 | referred
                2024-11-05 | contact no-answer        | ok                 | referred
                2024-11-05 | accepted                 | ok                 | accepted
                2024-11-06 | contact left-message     | ok                 | accepted
                2024-11-07 | contact reached          | ok                 | engaged
                2024-11-08 | discharged in-work       | not-started        | engaged
                2024-11-11 | started                  | ok                 | started
                2024-11-12 | started                  | already-started    | started
                2024-11-12 | tracking reached         | not-discharged     | started
                2025-02-03 | discharged               | status-missing-value | started
                2025-02-03 | discharged rich          | unknown-value      | started
                2025-02-03 | discharged in-work       | ok                 | tracking
                2025-02-04 | discharged in-work       | already-discharged | tracking
                2025-05-05 | tracking-ended           | ok                 | closed
                2025-05-05 | tracking-ended           | tracking-over      | closed
                2025-05-06 | tracking reached         | case-closed        | closed
                """
        ),
        VerdictTable(
            name: "An attended appointment or an assessment is a two-way contact too",
            text: """
                day        | what happens               | verdict | state
                2024-11-04 | referral gp                | ok      | referred
                2024-11-06 | attended first-appointment | ok      | engaged
                2024-11-06 | instead of 2: assessed low | ok      | engaged
                2024-11-06 | void 3                     | ok      | referred
                """
        ),
        VerdictTable(
            name: "A programme that does not track has nobody in tracking",
            programme: "kickstarter",
            text: """
                day        | what happens            | verdict | state
                2024-07-01 | referral secondary-care | ok      | referred
                2024-07-02 | started                 | ok      | started
                """
        ),
    ]

    static let ending = [
        VerdictTable(
            name: "A referral that is returned or withdrawn closes the case, until it is reopened",
            text: """
                day        | what happens           | verdict         | state
                2024-11-04 | referral gp            | ok              | referred
                2024-11-04 | reopened               | case-not-closed | referred
                2024-11-05 | returned moved-away    | unknown-value   | referred
                2024-11-05 | returned not-accepted  | ok              | closed
                2024-11-06 | accepted               | case-closed     | closed
                2024-11-06 | note                   | ok              | closed
                2024-11-08 | reopened               | ok              | referred
                2024-11-08 | accepted               | ok              | accepted
                2024-11-11 | withdrawn              | ok              | closed
                2024-11-11 | reopened               | ok              | accepted
                2024-11-11 | closed died            | unknown-value   | accepted
                2024-11-11 | closed disengaged      | ok              | closed
                2024-11-10 | started                | ok              | closed
                2024-11-12 | closed disengaged      | case-closed     | closed
                2024-11-12 | reopened               | ok              | started
                """
        ),
        VerdictTable(
            name: "A case reopened after tracking is tracked again",
            text: """
                day        | what happens       | verdict     | state
                2024-11-04 | referral gp        | ok          | referred
                2024-11-05 | started            | ok          | started
                2024-12-05 | discharged in-work | ok          | tracking
                2025-03-06 | tracking-ended     | ok          | closed
                2025-03-07 | tracking reached   | case-closed | closed
                2025-03-10 | reopened           | ok          | tracking
                2025-03-11 | tracking reached   | ok          | tracking
                2025-04-11 | tracking-ended     | ok          | closed
                """
        ),
        VerdictTable(
            name: "A case reopened for more support is discharged and tracked again",
            text: """
                day        | what happens       | verdict            | state
                2024-11-04 | referral gp        | ok                 | referred
                2024-11-05 | started            | ok                 | started
                2024-12-05 | discharged in-work | ok                 | tracking
                2025-03-06 | tracking-ended     | ok                 | closed
                2025-03-10 | reopened support   | ok                 | started
                2025-03-11 | delivered cbt      | ok                 | started
                2025-03-12 | tracking reached   | not-discharged     | started
                2025-04-11 | discharged off-sick | ok                | tracking
                2025-04-12 | discharged in-work | already-discharged | tracking
                2025-03-10 | instead of 5: reopened | already-discharged | tracking
                2025-05-12 | tracking reached   | ok                 | tracking
                2025-07-11 | tracking-ended     | ok                 | closed
                """
        ),
        VerdictTable(
            name: "On the day of the closing, what is told later happened before it",
            text: """
                day        | what happens        | verdict     | state
                2024-11-04 | referral gp         | ok          | referred
                2024-11-07 | closed disengaged   | ok          | closed
                2024-11-07 | contact reached     | ok          | closed
                2024-11-08 | contact reached     | case-closed | closed
                2024-11-08 | risk fall           | ok          | closed
                2024-11-09 | risk-resolved fall  | ok          | closed
                2024-11-09 | measure phq-9 exit score=4 | ok   | closed
                """
        ),
    ]
}
