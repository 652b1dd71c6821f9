/// The stored form of every kind of event: type, coded fields, sealed fields; in order of type.
///
/// A dot stands for a text that there must be, a question mark for one that may be left out.
enum StoredEvents {
    static let golden = #"""
        appointment.attended | {"appointment":".","kind":".","result":"?"}
        appointment.booked | {"appointment":".","kind":".","day":"2024-10-04","time":"?",\#
        "minutes":8,"place":"?"} | where
        appointment.cancelled | {"appointment":".","kind":".","result":"?"}
        appointment.missed | {"appointment":".","kind":".","result":"?"}
        assessment.completed | {"intensity":"?","barriers":["a","b"]}
        case.closed | {"reason":"completed"}
        case.discharged | {"status":"?","improved":true}
        case.reopened | {"for":"support"}
        clock.paused | {"clock":".","reason":"."}
        clock.resumed | {"clock":"."}
        coach.assigned | {"coach":"."}
        consent.given | {"scope":"referral"}
        consent.refused | {"scope":"referral"}
        consent.withdrawn | {"scope":"referral"}
        contact.attempted | {"channel":"?","outcome":"reached"}
        contact.preferred | {"way":"email","language":"?"}
        details.changed | {"fields":["a","b"]} | \#
        given_name family_name birth_date nhs_number postcode address phone email
        eligibility.decided | {"verdict":"not-known","programme_version":7,"rules":["a",\#
        "b"],"says":["a","b"],"missing":["a","b"]}
        entry.voided | {"event":".","reason":"entered-in-error","replacement":"?"} | text
        measure.taken | {"instrument":".","occasion":"baseline","score":8,"band":"?",\#
        "answers":{"q":"a"}} | sealed_answers
        note.written | {"audience":"referrer"} | text
        onward.moved | {"onward":".","to":"received","reason":"?"}
        onward.sent | {"onward":".","service":".","name":"?","organisation":"?"}
        plan.action-added | {"action":".","goal":"?","owner":"person",\#
        "due_on":"2024-10-05"} | text
        plan.action-done | {"action":"."}
        plan.action-dropped | {"action":"."}
        plan.agreed | {"plan":"."}
        plan.goal-added | {"goal":"."} | text
        plan.goal-done | {"goal":"."}
        plan.goal-dropped | {"goal":"."}
        plan.reviewed | {}
        referral.accepted | {}
        referral.answered | {"strand":"?","condition":"?","employment_status":"?",\#
        "benefit":"?","gender":"?","ethnicity":"?","age":8,"outward_code":"?",\#
        "deprivation_decile":8,"gp_practice":"?","jobcentre":"?","answers":{"q":"a"},\#
        "corrects":["a","b"]}
        referral.cancellation-asked | {"in_error":true} | text
        referral.received | {"source":".","referrer":"?","referred_by":"?","strand":"?","condition":"?",\#
        "employment_status":"?","benefit":"?","gender":"?","ethnicity":"?","age":8,\#
        "outward_code":"?","deprivation_decile":8,"gp_practice":"?","jobcentre":"?","answers":{"q":"a"}} | \#
        given_name family_name birth_date nhs_number postcode address phone email
        referral.rerouted | {"strand":"."}
        referral.returned | {"reason":"not-accepted","detail":"?"} | instead
        referral.withdrawn | {"in_error":true} | text
        risk.raised | {"risk":".","about":"other","measure":"?"} | text
        risk.resolved | {"risk":"."} | text
        support.intervention-delivered | {"intervention":".","sessions":7}
        support.started | {}
        tracking.contacted | {"outcome":"reached","status":"?"}
        tracking.ended | {}
        transfer.accepted | {"provider":"."}
        transfer.asked | {"provider":"."}
        transfer.declined | {"provider":".","reason":"?"} | text
        work.adjustment-agreed | {"adjustment":"."}
        work.fit-note-recorded | {"from":"2024-10-04","to":"2024-10-04","advice":"not-fit"}
        work.job-changed | {"spell":".","hours_per_week":8,"weekly_pay_pence":8}
        work.job-ended | {"spell":".","reason":"?"}
        work.job-started | {"spell":".","kind":"job","since":"2024-10-05",\#
        "hours_per_week":8,"weekly_pay_pence":8} | employer
        work.return-agreed | {"return_on":"2024-10-05"}
        work.status-recorded | {"status":"."}
        """#
}
