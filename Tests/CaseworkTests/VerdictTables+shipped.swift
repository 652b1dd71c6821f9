/// Programmes of the repository, so that a change of their files or of the rules shows here.
extension VerdictTable {
    static let shipped = [
        VerdictTable(
            name:
                "WorkWell Manchester: strands open in turn, a plan comes before any onward referral",
            programme: "workwell-manchester",
            text: """
                day        | what happens                           | verdict                           | says
                2024-10-31 | referral gp strand=be-well             | be-well-outside-programme         |
                2024-11-04 | referral gp strand=msk                 | msk-outside-programme             |
                2024-11-04 | referral gp strand=be-well outward_code=LS1 gp_practice=B86001 jobcentre=JCP-LEEDS | ok |
                2024-11-04 | accepted                               | greater-manchester-not-eligible   | must be in Greater Manchester
                2024-11-04 | instead of 3: referral gp strand=be-well outward_code=OL1 answers.health-condition=no | ok |
                2024-11-04 | accepted                               | health-condition-not-eligible     | whose health makes work harder
                2024-11-04 | instead of 5: referral gp strand=be-well outward_code=OL1 | ok             |
                2024-11-04 | accepted                               | ok                                |
                2024-11-06 | contact reached                        | ok                                |
                2024-11-07 | assessed                               | ok                                |
                2024-11-07 | started                                | ok                                |
                2024-11-08 | onward talking-therapies               | plan-needed                       | thrive in work or move into work
                2024-11-08 | plan thrive-in-work                    | ok                                |
                2024-11-08 | onward talking-therapies               | ok                                |
                2024-11-11 | delivered cbt 6                        | ok                                |
                2024-11-12 | delivered cbt                          | cbt-sessions-used-up              | 6 of 6 sessions of Cognitive behavioural therapy have been delivered.
                2024-11-12 | onward own-locality                    | ok                                |
                """
        ),
        VerdictTable(
            name: "Fit for Work: for people in work but off sick, tracked for 13 weeks",
            programme: "fit-for-work-in-work",
            text: """
                day        | what happens                           | verdict              | state
                2014-01-06 | referral gp employment_status=in-work  | ok                   | referred
                2014-01-06 | accepted                               | off-sick-not-eligible | referred
                2014-01-06 | instead of 1: referral gp employment_status=off-sick | ok     | referred
                2014-01-06 | accepted                               | ok                   | accepted
                2014-01-08 | contact reached; assessed high; started | ok                  | started
                2014-02-05 | discharged in-work                     | ok                   | tracking
                2014-05-07 | tracking-ended                         | ok                   | closed
                """
        ),
    ]
}
