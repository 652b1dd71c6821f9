/// What people of the demonstration write.
enum DemonstrationTexts {
    struct Choice: Sendable {
        let goal: String
        let actions: [String]
    }

    static let thriving = [
        Choice(
            goal: "Get through a full working week without being worn out.",
            actions: [
                "Write down for two weeks what tires me most.",
                "Ask my manager for a talk about my hours.",
            ]
        ),
        Choice(
            goal: "Sit and lift at work without making the pain worse.",
            actions: ["Do the physiotherapist's exercises each morning.", "Ask for a desk check."]
        ),
        Choice(
            goal: "Feel calm enough to go back into the office.",
            actions: ["Go in for one half day.", "Start the sleep course."]
        ),
        Choice(
            goal: "Tell work about my condition in my own way.",
            actions: ["Practise what I want to say with my coach.", "Read the leaflet on rights."]
        ),
        Choice(
            goal: "Go back to work bit by bit.",
            actions: ["Ask the GP about a phased return.", "Send the plan to my manager."]
        ),
    ]
    static let moving = [
        Choice(
            goal: "Find a part-time job that fits with my treatment.",
            actions: ["Bring my CV up to date.", "Look at three jobs that I could do."]
        ),
        Choice(
            goal: "Get the confidence to go to an interview.",
            actions: ["Do a practice interview.", "Go to the group on Thursday."]
        ),
        Choice(
            goal: "Get a certificate in food safety.",
            actions: ["Book the course at the college.", "Ask about help with the fee."]
        ),
        Choice(
            goal: "Know what I would keep of my benefits if I worked.",
            actions: ["See the benefits adviser.", "Work out my weekly budget."]
        ),
    ]
    static let notes = [
        "Came on time and in good spirits. Sleeping better this week.",
        "Pain is worse in the mornings. Prefers appointments after 11.",
        "Manager has been supportive; a written plan would help.",
        "Worried about money this month. Gave the number of the advice line.",
        "Would like a quiet room next time.",
        "Child care on Wednesdays, so not available then.",
        "Physiotherapy has started; next appointment there in two weeks.",
        "Went through the plan together. Proud of what is done already.",
    ]
    static let toReferrer = [
        "Thank you for referring. We have met and agreed a plan.",
        "Support has begun. The plan keeps to the treatment that you have started.",
        "We have met. Please let us know when the waiting-list date is set.",
    ]
    static let places = [
        "Library, meeting room 2", "Community centre, first floor", "Sports hall café",
        "Health centre, room 6",
    ]
    static let employers = [
        "Cotton Row Logistics", "Bobbin Bakery", "Northgate Care Homes", "Irwell Cleaning",
        "Tram Road Stores", "Heron Call Centre", "Loom Street School", "Quarry Builders",
        "Kiln Kitchens", "Ropewalk Security",
    ]
}
