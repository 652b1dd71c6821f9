import Programmes
import Testing

@testable import Casework

/// Events as readers see them: names for ids, words for codes.
@Suite("Sentences") struct StoryTests {
    static let sentences = """
        what happened                                            | sentence
        referral gp referrer=P84001 strand=be-well condition=msk employment_status=off-sick | Referred by Ardwick (General practice), Enhancement of Be Well, condition MSK, off sick
        supplied age=40 outward_code=M8 answers.racially-minoritised=not-said | Missing answers were given: age 40, postcode M8, Does the person belong to a racially minoritised community? not said
        supplied age=40 gender=female gp_practice=P84002 corrects=gender | Missing answers were given: age 40, general practice P84002. The referral was corrected: gender female
        returned unable-to-contact detail=wrong-number           | Referral returned: unable to contact (wrong number)
        rerouted msk                                             | Moved to Employment support in MFT MSK pathways
        coach dee                                                | Coach: Dee Khan
        transfer-asked gaddum                                    | The Gaddum Centre was asked to take the case over
        transfer-declined gaddum no-room                         | The Gaddum Centre did not take the case over (no room)
        paused first-contact in-hospital                         | First contact paused: in hospital
        contact left-message channel=phone                       | Contact tried: left message by phone
        contact reached                                          | Contact made
        booked clinic a 2024-11-11 time=14:30 minutes=45 place=home | Appointment booked for 11 November 2024 at 14:30 (45 minutes): In clinic, at home
        booked phone a 2024-11-11 place=phone                    | Appointment booked for 11 November 2024: By telephone
        booked virtual a 2024-11-11 place=video                  | Appointment booked for 11 November 2024: By video
        missed phone a                                           | Did not attend: By telephone
        consent share-with-referrer                              | Consent given to telling the referrer
        consent-withdrawn gp-record                              | Consent withdrawn to telling the general practice
        prefers text language=ur                                 | Wishes to hear by text message, in Urdu
        prefers none                                             | Wishes no messages
        details phone,nhs_number                                 | Details changed: telephone, NHS number
        assessed barriers=money-and-debt,housing                 | Assessed, barriers Money and debt, Housing
        measure gad-7 exit score=15 band=severe                  | GAD-7 at exit: score 15, severe
        measure satisfaction exit answers.satisfied=not-very     | Satisfaction at exit: How satisfied were you with the support? not very
        plan thrive-in-work                                      | Plan agreed: thrive in work
        action call 2024-11-11 gaddum                            | Action added for The Gaddum Centre, due 11 November 2024
        action call 2024-11-11                                   | Action added for the person, due 11 November 2024
        delivered cbt 2                                          | Cognitive behavioural therapy: 2 sessions
        onward ips-primary-care                                  | Referred on to Individual Placement and Support in Primary Care
        status off-sick                                          | Employment status: off sick
        fit-note 2024-11-04 2024-11-18 may-be-fit                | Fit note: may be fit for work, 4 November 2024 to 18 November 2024
        adjustment altered-hours                                 | Adjustment agreed: altered hours
        risk fall self-harm                                      | Risk raised: self harm
        note                                                     | Note
        note audience=referrer                                   | Note to the referrer
        discharged off-sick improved=yes                         | Discharged: Off sick, improved
        tracking no-answer                                       | Tracking contact: no answer
        closed no-longer-wanted                                  | Case closed: no longer wanted
        """

    static let names = [
        "dee": "Dee Khan", "gaddum": "The Gaddum Centre", "P84001": "Ardwick",
    ]

    @Test("Each event is a plain sentence", arguments: TextTable(sentences).rows)
    func eachSentence(_ row: TextTable.Row) throws {
        let programme = try Shipped.programme("workwell-manchester")
        let body = try EntryWords.body(row["what happened"])
        let sentence = body.sentence(in: programme) { Self.names[$0] ?? $0 }
        #expect(sentence == row["sentence"])
    }

    @Test("What ends is called what it was called when it began")
    func parts() throws {
        let programme = try Shipped.programme("workwell-manchester")
        var goal = GoalAdded()
        (goal.goal, goal.text) = ("goal-1", "Sleep well")
        var action = ActionAdded()
        (action.action, action.text) = ("action-1", "Ring the GP")
        var job = JobStarted()
        (job.spell, job.employer) = ("job-1", "Quarry Builders")
        var sent = OnwardSent()
        (sent.onward, sent.service) = ("onward-1", "ips-primary-care")
        let begun: [EventBody] = [
            .goalAdded(goal), .actionAdded(action), .jobStarted(job), .onwardSent(sent),
        ]
        var done = ActionRef()
        done.action = "action-1"
        var ended = JobEnded()
        ended.spell = "job-1"
        var moved = OnwardMoved()
        (moved.onward, moved.to) = ("onward-1", .accepted)
        var reached = GoalRef()
        reached.goal = "goal-1"
        let known = StoryParts(begun, in: programme)
        for (body, named, unnamed) in [
            (EventBody.goalDone(reached), "Goal reached: Sleep well", "Goal reached"),
            (.actionDone(done), "Action done: Ring the GP", "Action done"),
            (.jobEnded(ended), "Job at Quarry Builders ended", "Job 1 ended"),
            (
                .onwardMoved(moved),
                "Referral to Individual Placement and Support in Primary Care: accepted",
                "Onward referral onward 1: accepted"
            ),
        ] {
            #expect(body.sentence(in: programme, parts: known) == named)
            #expect(body.sentence(in: programme) == unnamed)
        }
    }

    @Test("Without names, the ids of users and organisations stand as they are")
    func withoutNames() throws {
        let programme = try Shipped.programme("workwell-manchester")
        #expect(try EntryWords.body("coach dee").sentence(in: programme) == "Coach: dee")
    }

    @Test("What the rules say is told in words")
    func eligibility() throws {
        var situation = Situation(try Shipped.programme("example"))
        let command = try situation.command("referral gp outward_code=M8", on: Situation.today)
        situation.tell(command)
        #expect(
            situation.history.events.last?.body.sentence(in: situation.programme)
                == "By the rules of version 3: not known yet whether eligible (lives here met, "
                + "working age not known). The service is for people aged 18 to 65. Still to ask: "
                + "date of birth."
        )
    }

    @Test(
        "Codes become words",
        arguments: [
            ("off-sick", "off sick"), ("gp-record", "GP record"),
            ("employment_status", "employment status"),
            ("msk", "MSK"), ("", ""), ("-", "-"),
        ]
    )
    func plain(_ code: String, _ words: String) {
        #expect(Words.plain(code) == words)
    }
}
