/// Consent, plans, interventions, onward referral, work.
extension VerdictTable {
    static let support = [
        VerdictTable(
            name: "Without consent nobody is assessed, started or referred on",
            text: """
                day        | what happens               | verdict             | state
                2024-11-04 | referral gp employment_status=out-of-work | ok   | referred
                2024-11-05 | consent-refused referral   | ok                  | referred
                2024-11-05 | assessed high              | referral-no-consent | referred
                2024-11-05 | started                    | referral-no-consent | referred
                2024-11-06 | onward ips                 | referral-no-consent | referred
                2024-11-06 | consent referral           | ok                  | referred
                2024-11-06 | assessed high              | ok                  | engaged
                2024-11-06 | started                    | ok                  | started
                2024-11-07 | consent-refused employer   | ok                  | started
                2024-11-07 | return-agreed 2024-12-02   | employer-no-consent | started
                2024-11-07 | adjustment altered-hours   | employer-no-consent | started
                2024-11-08 | consent employer           | ok                  | started
                2024-11-08 | return-agreed 2024-12-02   | ok                  | started
                2024-11-08 | adjustment altered-hours   | ok                  | started
                2024-11-08 | adjustment adjustment=     | adjustment-missing-value | started
                """
        ),
        VerdictTable(
            name: "Whoever refused may agree on the same day, and the last word counts",
            text: """
                day        | what happens             | verdict             | state
                2024-11-04 | referral gp              | ok                  | referred
                2024-11-05 | consent-refused referral | ok                  | referred
                2024-11-05 | consent referral         | ok                  | referred
                2024-11-05 | assessed low             | ok                  | engaged
                """
        ),
        VerdictTable(
            name: "A withdrawal of consent is never refused for what was done before we were told",
            text: """
                day        | what happens               | verdict             | state
                2024-11-04 | referral gp                | ok                  | referred
                2024-11-05 | consent employer           | ok                  | referred
                2024-11-07 | return-agreed 2024-12-02   | ok                  | referred
                2024-11-06 | consent-withdrawn employer | ok                  | referred
                2024-11-08 | adjustment altered-hours   | employer-no-consent | referred
                2024-11-06 | adjustment altered-hours   | ok                  | referred
                2024-11-11 | assessed low               | ok                  | engaged
                2024-11-11 | consent-withdrawn referral | ok                  | closed
                2024-11-11 | started                    | ok                  | closed
                2024-11-12 | started                    | case-closed         | closed
                2024-11-12 | reopened                   | ok                  | started
                2024-11-12 | assessed high              | referral-no-consent | started
                2024-11-13 | consent referral           | ok                  | started
                2024-11-13 | assessed high              | ok                  | started
                """
        ),
        VerdictTable(
            name: "A withdrawal that we are told of late closes the case on its day, and what we "
                + "had been told by then stands",
            text: """
                told       | day        | what happens                      | verdict     | state
                2024-11-04 | 2024-11-04 | referral gp; accepted             | ok          | accepted
                2024-11-16 | 2024-11-16 | contact reached; coach ann        | ok          | engaged
                2024-11-20 | 2024-11-10 | consent-withdrawn referral        | ok          | closed
                2024-11-20 | 2024-11-16 | contact reached                   | case-closed | closed
                2024-11-20 | 2024-11-16 | instead of 2: contact no-answer   | ok          | closed
                2024-11-21 | 2024-11-21 | reopened                          | ok          | accepted
                2024-11-22 | 2024-11-22 | coach bob                         | ok          | accepted
                2024-11-22 | 2024-11-22 | void 6                            | case-closed | accepted
                2024-11-23 | 2024-11-08 | instead of 3: consent-withdrawn referral | ok   | accepted
                2024-11-24 | 2024-11-09 | closed disengaged                 | case-closed | accepted
                2024-11-24 | 2024-11-07 | closed disengaged                 | case-closed | accepted
                2024-11-24 | 2024-11-07 | consent-withdrawn referral; coach cat | wrong-order | accepted
                2024-11-24 | 2024-11-24 | void 6; void 7                    | ok          | closed
                2024-11-24 | 2024-11-07 | consent-withdrawn referral; coach cat | ok      | closed
                2024-11-24 | 2024-11-08 | coach dee                         | case-closed | closed
                """
        ),
        VerdictTable(
            name: "A withdrawal that we are told of late is not undone by a reopening",
            text: """
                told       | day        | what happens                 | verdict     | state    | says
                2024-11-04 | 2024-11-04 | referral gp; accepted        | ok          | accepted |
                2024-11-14 | 2024-11-14 | closed disengaged            | ok          | closed   |
                2024-11-24 | 2024-11-24 | reopened                     | ok          | accepted |
                2024-11-25 | 2024-11-09 | consent-withdrawn employer   | ok          | accepted |
                2024-11-25 | 2024-11-09 | consent-withdrawn referral   | wrong-order | accepted | reopened on 24 November 2024: withdraw that first
                2024-11-25 | 2024-11-19 | consent-withdrawn referral   | wrong-order | accepted | or date this on or after it
                2024-11-25 | 2024-11-24 | consent-withdrawn referral   | ok          | closed   |
                2024-11-26 | 2024-11-26 | void 7                       | ok          | accepted |
                2024-11-26 | 2024-11-26 | consent referral             | ok          | accepted |
                2024-11-26 | 2024-11-09 | consent-withdrawn referral   | ok          | accepted |
                2024-11-26 | 2024-11-26 | void 10; void 9; void 3      | ok          | closed   |
                2024-11-26 | 2024-11-09 | consent-withdrawn referral   | ok          | closed   |
                """
        ),
        VerdictTable(
            name: "Consent withdrawn from a closed case leaves the reason of its closing",
            text: """
                day        | what happens               | verdict | state
                2024-11-04 | referral gp                | ok      | referred
                2024-11-05 | closed disengaged          | ok      | closed
                2024-11-06 | consent-withdrawn referral | ok      | closed
                """
        ),
        VerdictTable(
            name: "No case is closed for a withdrawal of consent that nobody told",
            text: """
                day        | what happens                | verdict     | state    | says
                2024-11-04 | referral gp                 | ok          | referred |
                2024-11-05 | closed consent-withdrawn    | wrong-order | referred | Tell the withdrawal of consent
                2024-11-05 | returned consent-withdrawn  | wrong-order | referred | it closes the case by itself
                2024-11-05 | consent-refused referral; closed consent-withdrawn | wrong-order | referred |
                2024-11-06 | consent referral            | ok          | referred |
                2024-11-06 | closed consent-withdrawn    | wrong-order | referred |
                2024-11-08 | consent-withdrawn referral  | ok          | closed   |
                2024-11-11 | reopened                    | ok          | referred |
                2024-11-11 | closed consent-withdrawn    | ok          | closed   |
                2024-11-12 | void 8; void 7              | ok          | closed   |
                2024-11-12 | instead of 9: closed consent-withdrawn | wrong-order | closed |
                2024-11-12 | instead of 9: closed disengaged        | ok          | closed |
                """
        ),
        VerdictTable(
            name: "A referral is returned for a withdrawal of consent that is told with it",
            text: """
                day        | what happens                                           | verdict | state
                2024-11-04 | referral gp                                            | ok      | referred
                2024-11-05 | returned consent-withdrawn; consent-withdrawn referral | ok      | closed
                """
        ),
        VerdictTable(
            name: "Goals and actions are added once, and ended once",
            text: """
                day        | what happens               | verdict
                2024-11-04 | referral gp                | ok
                2024-11-05 | plan lose-weight           | unknown-value
                2024-11-05 | plan thrive-in-work        | ok
                2024-11-05 | goal goal=                 | goal-missing-value
                2024-11-05 | goal walk                  | ok
                2024-11-06 | goal walk                  | goal-already-used
                2024-11-06 | goal-done swim             | goal-not-found
                2024-11-04 | goal-done walk             | goal-not-found
                2024-11-06 | goal-done walk             | ok
                2024-11-07 | goal-dropped walk          | goal-already-over
                2024-11-07 | action call 2024-11-20 gp  | ok
                2024-11-07 | action call                | action-already-used
                2024-11-08 | action-dropped call        | ok
                2024-11-08 | action-done call           | action-already-over
                2024-11-08 | action-done write          | action-not-found
                2024-11-08 | reviewed                   | ok
                """
        ),
        VerdictTable(
            name: "Sessions are counted against their limit",
            text: """
                day        | what happens            | verdict               | says
                2024-11-04 | referral gp             | ok                    |
                2024-11-05 | delivered cbd           | unknown-value         | Did you mean cbt?
                2024-11-05 | delivered cbt 0         | out-of-range          | 1 to 1000
                2024-11-05 | delivered cbt 4         | ok                    |
                2024-11-12 | delivered cbt 3         | cbt-sessions-used-up  | 4 of 6 sessions of CBT have been delivered. No more than 2 can be added.
                2024-11-12 | delivered cbt 2         | ok                    |
                2024-11-19 | delivered cbt           | cbt-sessions-used-up  | 6 of 6 sessions of CBT have been delivered.
                2024-11-04 | delivered cbt           | cbt-sessions-used-up  | With this change the entry of 12 November 2024
                2024-11-19 | delivered physiotherapy 1000 | ok               |
                2024-11-19 | delivered physiotherapy 1001 | out-of-range     | 1 to 1000
                2024-11-12 | instead of 6: delivered cbt | ok                |
                2024-11-19 | delivered cbt           | ok                    |
                """
        ),
        VerdictTable(
            name: "An onward referral needs a plan, an open service and a person it is for",
            text: """
                day        | what happens          | verdict              | says
                2024-11-01 | referral gp employment_status=in-work | ok   |
                2024-11-01 | onward ips            | plan-needed          | Agree a plan first: move into work.
                2024-11-01 | plan thrive-in-work   | ok                   |
                2024-11-01 | onward ips            | plan-needed          | move into work
                2024-11-01 | plan move-into-work   | ok                   |
                2024-11-01 | onward gym            | unknown-value        | ips, talking-therapies
                2024-11-01 | onward ips            | ips-service-not-open | IPS takes people from 4 November 2024 until 31 March 2025, not on 1 November 2024.
                2024-11-04 | onward ips            | ips-not-eligible     | IPS is for people out of work.
                2024-11-05 | status out-of-work    | ok                   |
                2024-11-05 | onward ips            | ok                   |
                2024-11-06 | onward ips            | onward-already-used  | has the referral onward ips already
                2025-03-31 | onward ips again      | ok                   |
                2025-04-01 | onward ips third      | ips-service-not-open | not on 1 April 2025
                2025-04-01 | onward talking-therapies onward= | onward-missing-value |
                """
        ),
        VerdictTable(
            name: "The loop of an onward referral closes once",
            text: """
                day        | what happens                     | verdict
                2024-11-04 | referral gp employment_status=out-of-work | ok
                2024-11-05 | plan move-into-work              | ok
                2024-11-05 | onward ips                       | ok
                2024-11-04 | answered ips received            | onward-not-found
                2024-11-06 | answered ipps received           | onward-not-found
                2024-11-06 | answered ips sent                | onward-wrong-order
                2024-11-06 | answered ips received            | ok
                2024-11-08 | answered ips accepted            | ok
                2024-11-11 | answered ips started             | ok
                2024-11-12 | answered ips declined            | onward-wrong-order
                2024-12-12 | answered ips ended Gave_up!      | unknown-value
                2024-12-12 | answered ips ended job-found     | ok
                2024-12-13 | answered ips accepted            | onward-already-over
                2024-12-13 | onward ips second                | ok
                2024-12-14 | answered second declined deferred | ok
                2024-12-14 | answered second accepted         | onward-already-over
                """
        ),
        VerdictTable(
            name: "Another service answers after the case was closed; nobody is sent on any more",
            text: """
                day        | what happens                              | verdict             | state
                2024-11-04 | referral gp employment_status=out-of-work | ok                  | referred
                2024-11-05 | plan move-into-work                       | ok                  | referred
                2024-11-05 | onward ips                                | ok                  | referred
                2024-11-06 | closed disengaged                         | ok                  | closed
                2024-11-07 | onward ips second                         | case-closed         | closed
                2024-11-07 | answered ips accepted                     | ok                  | closed
                2024-11-11 | answered ips ended completed              | ok                  | closed
                2024-11-12 | answered ips received                     | onward-already-over | closed
                """
        ),
        VerdictTable(
            name: "Work: statuses, fit notes and spells make sense",
            text: """
                day        | what happens                               | verdict
                2024-11-04 | referral gp                                | ok
                2024-11-05 | status busy                                | unknown-value
                2024-11-05 | status off-sick                            | ok
                2024-11-05 | fit-note 2024-11-10 2024-11-05 not-fit     | wrong-order
                2024-11-05 | fit-note 2024-11-05 2024-11-05 poorly      | unknown-value
                2024-11-05 | fit-note 2024-11-05 2024-11-18 may-be-fit  | ok
                2024-11-06 | job shop kind=hobby                        | unknown-value
                2024-11-06 | job shop since=2024-11-07                  | wrong-order
                2024-11-06 | job shop hours_per_week=101                | out-of-range
                2024-11-06 | job shop weekly_pay_pence=-1               | out-of-range
                2024-11-06 | job shop weekly_pay_pence=10000001         | out-of-range
                2024-11-06 | job spell=                                 | spell-missing-value
                2024-11-06 | job shop hours_per_week=16                 | ok
                2024-11-07 | job shop                                   | spell-already-used
                2024-11-05 | job-changed shop hours_per_week=20         | spell-not-found
                2024-11-07 | job-changed shop hours_per_week=-1         | out-of-range
                2024-11-07 | job-changed shop weekly_pay_pence=-1       | out-of-range
                2024-11-07 | job-changed shop hours_per_week=20         | ok
                2024-11-08 | job-ended stall                            | spell-not-found
                2024-11-08 | job-ended shop                             | ok
                2024-11-09 | job-ended shop                             | spell-already-over
                2024-11-09 | job-changed shop hours_per_week=9          | spell-already-over
                """
        ),
    ]

    static let care = [
        VerdictTable(
            name: "Appointments and measures use the programme's words",
            text: """
                day        | what happens                          | verdict
                2024-11-04 | referral gp                           | ok
                2024-11-04 | booked tea a 2024-11-11               | unknown-value
                2024-11-04 | booked first-appointment a 2024-11-11 | ok
                2024-11-11 | missed firstappointment a             | unknown-value
                2024-11-11 | missed first-appointment a            | ok
                2024-11-11 | attended job-interview b result=awaited | ok
                2024-11-12 | attended job-interview c result=Offered | unknown-value
                2024-11-12 | attended job-interview c result=cancelled | unknown-value
                2024-11-12 | attended job-interview c result=did-not-attend | unknown-value
                2024-11-12 | assessed middling                     | unknown-value
                2024-11-12 | assessed high barriers=debt,noise     | unknown-value
                2024-11-12 | assessed high barriers=debt,housing   | ok
                2024-11-12 | measure phq-8 baseline                | unknown-value
                2024-11-12 | measure phq-9 review                  | unknown-value
                2024-11-12 | measure phq-9 baseline score=28       | phq-9-out-of-range
                2024-11-12 | measure phq-9 baseline score=27       | ok
                2024-11-12 | measure exit-questions exit score=1   | unknown-value
                2024-11-12 | measure exit-questions exit answers.felt-helped=very | unknown-value
                2024-11-12 | measure exit-questions exit answers.felt-helped=yes | ok
                """
        ),
        VerdictTable(
            name: "Nobody comes to an appointment before its day, or misses it",
            text: """
                told       | day        | what happens                          | verdict | says
                2024-11-04 | 2024-11-04 | referral gp                           | ok      |
                2024-11-04 | 2024-11-04 | booked first-appointment a 2024-11-11 | ok      |
                2024-11-04 | 2024-11-04 | attended first-appointment a          | appointment-in-the-future | This appointment is on 11 November 2024. Move or cancel it.
                2024-11-05 | 2024-11-05 | missed first-appointment a            | appointment-in-the-future | Move or cancel it
                2024-11-05 | 2024-11-05 | attended first-appointment b          | ok      |
                2024-11-12 | 2024-11-12 | booked first-appointment a 2024-11-18 | ok      |
                2024-11-12 | 2024-11-12 | attended first-appointment a          | ok      |
                2024-11-12 | 2024-11-12 | missed first-appointment a            | appointment-in-the-future | on 18 November 2024
                2024-11-13 | 2024-11-13 | missed first-appointment a            | appointment-in-the-future |
                2024-11-13 | 2024-11-13 | booked first-appointment a 2024-11-20 | ok      |
                2024-11-13 | 2024-11-13 | missed first-appointment a            | appointment-in-the-future |
                2024-11-14 | 2024-11-14 | cancelled first-appointment a         | ok      |
                2024-11-15 | 2024-11-15 | attended job-interview c              | ok      |
                2024-11-18 | 2024-11-14 | booked job-interview c 2024-11-18     | ok      |
                2024-11-18 | 2024-11-15 | instead of 13: attended job-interview c | appointment-in-the-future |
                2024-11-18 | 2024-11-14 | instead of 12: attended first-appointment d | ok |
                """
        ),
        VerdictTable(
            name: "Coaches, transfers, risks and pauses come in their order",
            text: """
                day        | what happens                | verdict
                2024-11-04 | referral gp                 | ok
                2024-11-04 | coach coach=                | coach-missing-value
                2024-11-04 | coach dee                   | ok
                2024-11-05 | transfer-accepted mft       | wrong-order
                2024-11-05 | transfer-asked provider=    | provider-missing-value
                2024-11-05 | transfer-asked mft          | ok
                2024-11-06 | transfer-accepted big-life  | wrong-order
                2024-11-06 | transfer-accepted mft       | ok
                2024-11-07 | transfer-accepted mft       | wrong-order
                2024-11-07 | risk risk=                  | risk-missing-value
                2024-11-07 | risk fall safeguarding      | ok
                2024-11-08 | risk fall                   | risk-already-used
                2024-11-08 | risk-resolved flood         | risk-not-found
                2024-11-08 | risk-resolved fall          | ok
                2024-11-05 | paused contract in-hospital | unknown-value
                2024-11-05 | paused contact on-holiday   | unknown-value
                2024-11-05 | resumed contact             | wrong-order
                2024-11-05 | paused contact in-hospital  | ok
                2024-11-06 | paused contact in-hospital  | wrong-order
                2024-11-08 | resumed contact             | ok
                2024-11-08 | resumed contact             | wrong-order
                2024-11-08 | paused contact in-hospital  | ok
                2024-11-08 | resumed contact             | ok
                """
        ),
    ]
}
