/// Questionnaires that every programme may use, in their own words.
///
/// PHQ-9 and GAD-7 were made by Spitzer, Williams, Kroenke and colleagues; no permission is needed to
/// reproduce them. ONS4 is the personal well-being set of the Office for National Statistics. The
/// ids of items carry the instrument's, so that no answer is taken for that of another question.
extension Instrument {
    package static let published = [ons4, phq9, gad7]

    /// Four questions from 0 to 10, each read by itself and never added up.
    static let ons4 = Instrument(
        id: "ons4",
        name: "ONS4 personal well-being",
        occasions: Occasion.allCases,
        score: nil,
        lowerIsBetter: false,
        items: [
            ladder(
                "ons4-life-satisfaction",
                "Overall, how satisfied are you with your life nowadays?"
            ),
            ladder(
                "ons4-worthwhile",
                "Overall, to what extent do you feel that the things you do in your life are "
                    + "worthwhile?"
            ),
            ladder("ons4-happiness", "Overall, how happy did you feel yesterday?"),
            ladder(
                "ons4-anxiety",
                "On a scale where 0 is “not at all anxious” and 10 is “completely anxious”, "
                    + "overall, how anxious did you feel yesterday?",
                lowerIsBetter: true
            ),
        ],
        stem: "For each of these questions please give an answer on a scale of 0 to 10, where 0 is "
            + "“not at all” and 10 is “completely”. There are no right or wrong answers."
    )

    static let phq9 = Instrument(
        id: "phq-9",
        name: "PHQ-9",
        occasions: Occasion.allCases,
        score: 0...27,
        lowerIsBetter: true,
        items: numbered(
            "phq9",
            "Little interest or pleasure in doing things",
            "Feeling down, depressed, or hopeless",
            "Trouble falling or staying asleep, or sleeping too much",
            "Feeling tired or having little energy",
            "Poor appetite or overeating",
            "Feeling bad about yourself — or that you are a failure or have let yourself or "
                + "your family down",
            "Trouble concentrating on things, such as reading the newspaper or watching television",
            "Moving or speaking so slowly that other people could have noticed? Or the "
                + "opposite — being so fidgety or restless that you have been moving around a lot "
                + "more than usual",
            "Thoughts that you would be better off dead or of hurting yourself in some way",
        ),
        stem: problems,
        isSummed: true,
        bands: [
            Band(id: "minimal", name: "None or minimal", from: 0),
            Band(id: "mild", name: "Mild", from: 5),
            Band(id: "moderate", name: "Moderate", from: 10),
            Band(id: "moderately-severe", name: "Moderately severe", from: 15),
            Band(id: "severe", name: "Severe", from: 20),
        ],
        isClinical: true,
        safety: [SafetyItem(item: "phq9-9", from: 1)]
    )

    static let gad7 = Instrument(
        id: "gad-7",
        name: "GAD-7",
        occasions: Occasion.allCases,
        score: 0...21,
        lowerIsBetter: true,
        items: numbered(
            "gad7",
            "Feeling nervous, anxious or on edge",
            "Not being able to stop or control worrying",
            "Worrying too much about different things",
            "Trouble relaxing",
            "Being so restless that it is hard to sit still",
            "Becoming easily annoyed or irritable",
            "Feeling afraid as if something awful might happen",
        ),
        stem: problems,
        isSummed: true,
        bands: [
            Band(id: "minimal", name: "None or minimal", from: 0),
            Band(id: "mild", name: "Mild", from: 5),
            Band(id: "moderate", name: "Moderate", from: 10),
            Band(id: "severe", name: "Severe", from: 15),
        ],
        isClinical: true
    )

    private static let problems =
        "Over the last 2 weeks, how often have you been bothered by any of the following problems?"

    /// Items `phq9-1`, `phq9-2` and so on, answered by how often.
    private static func numbered(_ prefix: String, _ questions: String...) -> [Question] {
        questions.enumerated().map { place, question in
            Question(
                id: "\(prefix)-\(place + 1)",
                question: question,
                answers: [
                    "not-at-all", "several-days", "more-than-half-the-days", "nearly-every-day",
                ],
                scores: [0, 1, 2, 3]
            )
        }
    }

    /// An item answered by a number from 0 to 10.
    private static func ladder(
        _ id: String,
        _ question: String,
        lowerIsBetter: Bool = false
    ) -> Question {
        Question(
            id: id,
            question: question,
            answers: (0...10).map { "\($0)" },
            scores: Array(0...10),
            lowerIsBetter: lowerIsBetter
        )
    }
}
