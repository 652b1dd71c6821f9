/// Corrections, and entries that are told late.
extension VerdictTable {
    static let corrections = [
        VerdictTable(
            name: "An entry is withdrawn once, and what followed from it falls with it",
            text: """
                day        | what happens          | verdict         | state
                2024-11-04 | referral gp           | ok              | referred
                2024-11-05 | returned ineligible   | ok              | closed
                2024-11-06 | void 2 follower       | not-an-entry    | closed
                2024-11-06 | void 9                | entry-not-found | closed
                2024-11-06 | void 2                | ok              | referred
                2024-11-06 | void 2                | already-voided  | referred
                2024-11-06 | voided 2              | not-an-entry    | referred
                2024-11-06 | void 1 follower       | not-an-entry    | referred
                2024-11-06 | contact reached       | ok              | engaged
                2024-11-06 | void 9; void 9        | already-voided  | engaged
                2024-11-06 | instead of 9: contact no-answer; instead of 9: contact reached | already-voided | engaged
                2024-11-06 | instead of 9: contact no-answer | ok    | referred
                2024-11-06 | void 1; void 12       | ok              |
                """
        ),
        VerdictTable(
            name: "A correction that would break a later entry is refused and names it",
            text: """
                day        | what happens             | verdict         | says
                2024-11-04 | referral gp employment_status=out-of-work | ok |
                2024-11-05 | plan move-into-work      | ok              |
                2024-11-06 | onward ips               | ok              |
                2024-11-08 | answered ips accepted    | ok              |
                2024-11-11 | void 2                   | plan-needed     | With this change the entry of 6 November 2024 (onward sent) would no longer hold
                2024-11-05 | instead of 2: plan thrive-in-work | plan-needed | onward sent
                2024-11-07 | instead of 2: plan move-into-work | plan-needed | onward sent
                2024-11-11 | void 3                   | onward-not-found | the entry of 8 November 2024 (onward moved)
                2024-11-11 | void 1                   | no-referral     | the entry of 5 November 2024 (plan agreed)
                2024-11-05 | closed disengaged        | case-closed     | the entry of 6 November 2024 (onward sent)
                2024-11-09 | instead of 3: onward ips | onward-not-found | onward moved
                2024-11-11 | void 3; void 4; void 2   | ok              |
                """
        ),
        VerdictTable(
            name: "What is told late is judged where it belongs in time",
            text: """
                told       | day        | what happens            | verdict       | state
                2024-11-04 | 2024-11-04 | referral gp             | ok            | referred
                2024-11-05 | 2024-11-06 | contact reached         | in-the-future | referred
                2024-11-20 | 2024-11-20 | job shop hours_per_week=16 | ok         | referred
                2024-11-21 | 2024-11-12 | job-ended shop          | spell-not-found | referred
                2024-11-22 | 2024-11-12 | contact reached         | ok            | engaged
                2024-11-22 | 2024-11-03 | contact reached         | no-referral   | engaged
                2024-12-02 | 2024-11-25 | job-ended shop          | ok            | engaged
                2024-12-03 | 2024-11-25 | job-changed shop hours_per_week=20 | ok | engaged
                2024-12-03 | 2024-11-26 | job-changed shop hours_per_week=20 | spell-already-over | engaged
                2024-12-04 | 2024-11-30 | started                 | ok            | started
                2024-12-05 | 2024-11-29 | discharged in-work      | not-started   | started
                """
        ),
        VerdictTable(
            name: "One command holds all of its entries or none, in whichever order they come",
            text: """
                day        | what happens                                      | verdict | state
                2024-11-04 | started; contact reached; referral gp; accepted   | ok      | started
                2024-11-05 | goal walk; plan lose-weight                       | unknown-value | started
                2024-11-05 | goal-done walk                                    | goal-not-found | started
                2024-11-06 | closed disengaged; discharged in-work; goal walk  | ok      | closed
                2024-11-06 | goal-done walk                                    | ok      | closed
                """
        ),
        VerdictTable(
            name: "A withdrawal and a reopening told on one day stay in the order of telling",
            text: """
                day        | what happens                           | verdict | state
                2024-11-04 | referral gp                            | ok      | referred
                2024-11-05 | withdrawn                              | ok      | closed
                2024-11-05 | reopened                               | ok      | referred
                2024-11-05 | instead of 2: withdrawn                | ok      | referred
                2024-11-05 | instead of 4: returned not-accepted    | ok      | referred
                2024-11-05 | closed disengaged                      | ok      | closed
                """
        ),
    ]

    static let all = referral + ending + support + care + pages + corrections + shipped
}
