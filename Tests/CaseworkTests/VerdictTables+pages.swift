/// What the pages ask for: measures, appointments, answers given later, notes and transfers.
extension VerdictTable {
    /// All items of PHQ-9 with one answer.
    private static func phq9(_ answer: String, but last: String? = nil) -> String {
        let items = (1...9).map { "answers.phq9-\($0)=\($0 == 9 ? last ?? answer : answer)" }
        return items.joined(separator: " ")
    }

    static let pages = [
        VerdictTable(
            name: "A referrer asks to cancel once; the provider withdraws the referral or goes on",
            text: """
                day        | what happens    | verdict                   | says
                2024-11-04 | referral gp     | ok                        |
                2024-11-05 | accepted        | ok                        |
                2024-11-06 | cancel-asked    | ok                        |
                2024-11-07 | cancel-asked    | cancellation-already-said | 6 November 2024
                2024-11-08 | withdrawn       | ok                        |
                2024-11-09 | cancel-asked    | case-closed               |
                2024-11-10 | reopened        | ok                        |
                2024-11-11 | cancel-asked    | ok                        |
                """
        ),
        VerdictTable(
            name: "Published instruments are used in every programme, and added up as published",
            text: """
                day        | what happens                                                       | verdict              | says
                2024-11-04 | referral gp                                                        | ok                   |
                2024-11-05 | measure gad-7 tracking score=21                                    | ok                   |
                2024-11-05 | measure gad-7 baseline score=22                                    | gad-7-out-of-range   | 0 to 21
                2024-11-05 | measure phq-9 baseline \(phq9("several-days")) score=9             | ok                   |
                2024-11-05 | measure phq-9 baseline \(phq9("several-days")) score=10            | phq-9-out-of-range   | add up to 9, not 10
                2024-11-05 | measure phq-9 baseline answers.phq9-1=several-days answers.phq9-3=several-days | phq-9-missing-value | missing: 2, 4, 5, 6, 7, 8, 9.
                2024-11-05 | measure phq-9 baseline \(phq9("often"))                            | unknown-value        | not-at-all, several-days
                2024-11-05 | measure phq-9 baseline answers.phq9-10=not-at-all                  | unknown-value        |
                2024-11-05 | measure ons4 baseline answers.ons4-anxiety=10 answers.ons4-happiness=0 | ok               |
                2024-11-05 | measure ons4 baseline answers.ons4-anxiety=11                      | unknown-value        |
                2024-11-05 | measure ons4 baseline score=20                                     | unknown-value        | is not scored
                """
        ),
        VerdictTable(
            name: "An appointment has a time, a length and a kind of place",
            text: """
                day        | what happens                                          | verdict       | says
                2024-11-04 | referral gp                                           | ok            |
                2024-11-04 | booked first-appointment a 2024-11-11 time=09:05 minutes=45 place=home | ok |
                2024-11-04 | booked first-appointment a 2024-11-11 time=23:59      | ok            |
                2024-11-04 | booked first-appointment a 2024-11-11 time=24:00      | out-of-range  | 00:00 to 23:59
                2024-11-04 | booked first-appointment a 2024-11-11 time=09:60      | out-of-range  |
                2024-11-04 | booked first-appointment a 2024-11-11 time=9:00       | out-of-range  |
                2024-11-04 | booked first-appointment a 2024-11-11 time=09.00      | out-of-range  |
                2024-11-04 | booked first-appointment a 2025-03-30 time=01:30      | out-of-range  | the clocks go from 01:00 to 02:00
                2024-11-04 | booked first-appointment a 2024-11-11 minutes=5       | ok            |
                2024-11-04 | booked first-appointment a 2024-11-11 minutes=4       | out-of-range  | 5 to 480
                2024-11-04 | booked first-appointment a 2024-11-11 minutes=480     | ok            |
                2024-11-04 | booked first-appointment a 2024-11-11 minutes=481     | out-of-range  |
                2024-11-04 | booked first-appointment a 2024-11-11 place=office    | unknown-value | clinic, community, phone, video, home
                2024-11-04 | booked first-appointment a 2024-11-11 place=virtual   | unknown-value |
                """
        ),
        VerdictTable(
            name: "A transfer may be declined, and asked for again on that day",
            text: """
                day        | what happens                     | verdict
                2024-11-04 | referral gp                      | ok
                2024-11-04 | transfer-declined mft            | wrong-order
                2024-11-05 | transfer-asked mft               | ok
                2024-11-05 | transfer-declined big-life       | wrong-order
                2024-11-05 | transfer-declined mft Full!      | unknown-value
                2024-11-05 | transfer-declined mft full       | ok
                2024-11-05 | transfer-accepted mft            | wrong-order
                2024-11-05 | transfer-asked gaddum            | ok
                2024-11-05 | transfer-accepted gaddum         | ok
                2024-11-05 | coach bob                        | ok
                """
        ),
        VerdictTable(
            name: "A note to the referrer needs the person's yes; others need none",
            text: """
                day        | what happens                        | verdict
                2024-11-04 | referral gp                         | ok
                2024-11-04 | note; note audience=team            | ok
                2024-11-04 | note audience=person                | ok
                2024-11-04 | note audience=referrer              | share-with-referrer-no-consent
                2024-11-05 | consent-refused share-with-referrer | ok
                2024-11-05 | note audience=referrer              | share-with-referrer-no-consent
                2024-11-06 | consent share-with-referrer         | ok
                2024-11-06 | note audience=referrer              | ok
                2024-11-06 | void 7                              | ok
                2024-11-07 | note audience=referrer              | share-with-referrer-no-consent
                """
        ),
        VerdictTable(
            name: "Nothing more is told to the referrer once the person took their yes back",
            text: """
                day        | what happens                                               | verdict
                2024-11-04 | referral gp                                                | ok
                2024-11-04 | consent share-with-referrer                                | ok
                2024-11-05 | note audience=referrer                                     | ok
                2024-11-07 | consent-withdrawn share-with-referrer                      | ok
                2024-11-07 | note audience=referrer                                     | share-with-referrer-no-consent
                2024-11-06 | note audience=referrer                                     | share-with-referrer-no-consent
                2024-11-05 | instead of 3: note audience=referrer                       | share-with-referrer-no-consent
                2024-11-05 | note; coach ann                                            | ok
                2024-11-05 | instead of 3: note audience=team                           | ok
                2024-11-08 | consent share-with-referrer                                | ok
                2024-11-06 | note audience=referrer                                     | ok
                2024-11-08 | note audience=referrer; consent-withdrawn share-with-referrer | share-with-referrer-no-consent
                2024-11-09 | consent-withdrawn share-with-referrer                      | ok
                2024-11-09 | void 2                                                     | ok
                """
        ),
        VerdictTable(
            name: "Answers given later fill blanks, decide anew, and change nothing that was said",
            text: """
                day        | what happens                                       | verdict                  | says
                2024-11-04 | referral gp age=70 employment_status=unknown       | ok                       |
                2024-11-05 | supplied                                           | answers-missing-value    |
                2024-11-05 | supplied age=40                                    | age-already-said         | can correct it
                2024-11-05 | supplied employment_status=off-sick                | ok                       |
                2024-11-06 | supplied employment_status=in-work                 | employment-status-already-said |
                2024-11-06 | supplied ethnicity=Q                               | unknown-value            |
                2024-11-06 | supplied answers.shoe-size=9                       | unknown-value            |
                2024-11-06 | supplied strand=msk                                | msk-outside-programme    |
                2024-11-06 | supplied outward_code=M8 answers.wants-work=yes    | ok                       |
                2024-11-06 | supplied answers.wants-work=no                     | wants-work-already-said  |
                2024-11-07 | accepted                                           | working-age-not-eligible |
                2024-11-04 | instead of 1: referral gp age=40                   | ok                       |
                2024-11-07 | accepted                                           | ok                       |
                2024-11-08 | closed disengaged                                  | ok                       |
                2024-11-09 | supplied gender=female                             | case-closed              |
                """
        ),
        VerdictTable(
            name: "What the referral said wrongly is corrected by its name, and decided anew",
            text: """
                day        | what happens                                        | verdict                  | says
                2024-11-04 | referral gp age=70 gender=male outward_code=M8 answers.wants-work=no | ok      |
                2024-11-05 | supplied gender=female                              | gender-already-said      | can correct it
                2024-11-05 | supplied gender=female corrects=gender              | ok                       |
                2024-11-05 | supplied gender=female corrects=gender              | gender-already-said      | nothing is corrected
                2024-11-05 | supplied gender=male corrects=gender,gender         | already-used             | twice
                2024-11-05 | supplied ethnicity=A corrects=gender                | gender-missing-value     | what is right
                2024-11-05 | supplied gender=woman corrects=gender               | unknown-value            |
                2024-11-05 | supplied strand=be-well corrects=strand             | unknown-value            | gp_practice
                2024-11-05 | supplied outward_code=M9 corrects=outward_code      | unknown-value            |
                2024-11-06 | supplied answers.wants-work=yes corrects=wants-work | ok                       |
                2024-11-07 | accepted                                            | working-age-not-eligible |
                2024-11-07 | supplied age=40 gender=male corrects=age            | gender-already-said      |
                2024-11-07 | supplied age=40 corrects=age                        | ok                       |
                2024-11-07 | accepted                                            | ok                       |
                2024-11-07 | supplied age=70 corrects=age                        | ok                       |
                2024-11-06 | contact no-answer                                   | ok                       |
                """
        ),
        VerdictTable(
            name: "Whoever is found not to be eligible by an answer of the day they began stays",
            text: """
                day        | what happens                                        | verdict                  | state
                2024-11-04 | referral gp outward_code=M8                         | ok                       | referred
                2024-11-06 | started                                             | ok                       | started
                2024-11-06 | accepted; supplied age=70                           | working-age-not-eligible | started
                2024-11-06 | supplied age=70                                     | ok                       | started
                2024-11-05 | supplied answers.wants-work=no                      | ok                       | started
                2024-11-06 | accepted                                            | working-age-not-eligible | started
                2024-11-06 | supplied age=40 corrects=age                        | ok                       | started
                2024-11-06 | accepted                                            | ok                       | started
                2024-11-06 | supplied age=70 corrects=age                        | ok                       | started
                2024-11-05 | contact no-answer                                   | ok                       | started
                """
        ),
        VerdictTable(
            name: "What the referral said is corrected on an open case alone, of whatever day",
            text: """
                day        | what happens                                           | verdict     | says
                2024-11-04 | referral gp gender=male                                | ok          |
                2024-11-05 | supplied gender=female corrects=gender; closed disengaged | ok          |
                2024-11-04 | supplied gender=other corrects=gender                  | case-closed | 5 November 2024
                2024-11-04 | supplied ethnicity=A                                   | ok          |
                2024-11-06 | reopened                                               | ok          |
                2024-11-06 | supplied gender=other corrects=gender                  | ok          |
                2024-11-04 | supplied ethnicity=B corrects=ethnicity                | ok          |
                """
        ),
        VerdictTable(
            name: "Where somebody belongs is told by codes, in a referral and in answers to it",
            text: """
                day        | what happens                                        | verdict       | says
                2024-11-04 | referral gp gp_practice=Bob-Smith                   | unknown-value | ODS code
                2024-11-04 | referral gp gp_practice=p84001                      | unknown-value | capital letters
                2024-11-04 | referral gp gp_practice=BOBSMITH                    | unknown-value | ODS code
                2024-11-04 | referral gp gp_practice=BOBSMITH1                   | unknown-value | ODS code
                2024-11-04 | referral gp jobcentre=<b>Bob</b>                    | unknown-value | JCP-MANCHESTER
                2024-11-04 | referral gp jobcentre=BobSmith                      | unknown-value | JCP-MANCHESTER
                2024-11-04 | referral gp jobcentre=Bob-Smith-1                   | unknown-value | JCP-MANCHESTER
                2024-11-04 | referral gp outward_code=Mill-Lane                  | unknown-value | half of a postcode
                2024-11-04 | referral gp gp_practice=P84001 jobcentre=JCP-CITY   | ok            |
                2024-11-05 | supplied outward_code=Mill-Lane                     | unknown-value | half of a postcode
                2024-11-05 | supplied gp_practice=Bob-Smith corrects=gp_practice | unknown-value | ODS code
                2024-11-05 | supplied jobcentre=3/Mill corrects=jobcentre        | unknown-value | letters, digits
                2024-11-05 | supplied jobcentre=JCP-FAR corrects=jobcentre       | ok            |
                2024-11-05 | supplied outward_code=ZZ99                          | ok            |
                """
        ),
        VerdictTable(
            name: "Details are changed by their names, on a closed case too",
            text: """
                day        | what happens        | verdict               | says
                2024-11-04 | details phone       | no-referral           |
                2024-11-04 | referral gp         | ok                    |
                2024-11-05 | details phone       | ok                    |
                2024-11-05 | details             | details-missing-value | which of the details
                2024-11-05 | details shoe-size   | unknown-value         | given_name, family_name
                2024-11-06 | closed disengaged   | ok                    |
                2024-11-07 | details phone,email | ok                    |
                """
        ),
        VerdictTable(
            name: "Risks are about one of a closed list",
            text: """
                day        | what happens           | verdict       | says
                2024-11-04 | referral gp            | ok            |
                2024-11-04 | risk a suicide         | ok            |
                2024-11-04 | risk b self-harm       | ok            |
                2024-11-04 | risk c violence        | ok            |
                2024-11-04 | risk d safety          | unknown-value | suicide, self-harm, safeguarding, violence, other
                """
        ),
        VerdictTable(
            name: "After discharge the person still answers, and withdraws what they agreed to",
            programme: "workwell-manchester",
            text: """
                day        | what happens                                      | verdict     | state
                2024-11-04 | referral self strand=be-well                      | ok          | referred
                2024-11-05 | contact reached; consent evaluation; started      | ok          | started
                2025-01-06 | discharged in-work                                | ok          | tracking
                2025-02-03 | measure satisfaction exit answers.satisfied=very  | ok          | tracking
                2025-02-03 | measure ons4 tracking answers.ons4-happiness=8    | ok          | tracking
                2025-02-03 | tracking reached in-work                          | ok          | tracking
                2025-04-07 | tracking-ended                                    | ok          | closed
                2025-04-08 | measure satisfaction exit answers.satisfied=fairly | ok         | closed
                2025-04-08 | consent evaluation                                | case-closed | closed
                2025-04-08 | consent-withdrawn evaluation                      | ok          | closed
                2025-04-08 | prefers none                                      | ok          | closed
                2025-04-08 | prefers text language=Urdu                        | unknown-value | closed
                """
        ),
    ]
}
