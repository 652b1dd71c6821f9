import TestSupport
import Testing

/// The pages of a real server in Debian's Chromium: what people do, and how every page is made.
///
/// `check/check.py` does it, in one go; each test reads what it found.
@Suite(.timeLimit(.minutes(16))) struct BrowserTests {
    /// What a check is called in the script.
    enum Journey: String, CaseIterable, Sendable {
        case signIn = "sign_in"
        case wholeWay = "whole_way"
        case wholeWayWithoutScripts = "whole_way_without_scripts"
        case selfReferral = "self_referral"
        case selfReferralWithoutScripts = "self_referral_without_scripts"
        case resident
        case pausedClock = "paused_clock"
        case twoBrowsersOnOneCase = "two_browsers"
        case doubleClick = "double_click"
        case backButton = "back_button"
        case partialReferral = "partial_referral"
        case sessionThatEnds = "ended_session"
        case deepLink = "deep_link"
        case accountElsewhere = "own_account"
        case glassBrokenAndReviewed = "break_glass"
        case peopleJoinedAndParted = "join_people"
        case copyAskedAndGiven = "give_copy"
        case programmeUploadedAndActivated = "new_version"
        case nothingUnforeseen = "nothing_unforeseen"
    }

    enum Budget: String, CaseIterable, Sendable {
        case referByKeyboard = "refer_by_keyboard"
        case logAContactInFourFields = "contact_fields"
        case acceptInOneClick = "accept_clicks"
        case statusInTwoClicks = "status_clicks"
    }

    @Test("What people do", arguments: Journey.allCases)
    func journey(_ journey: Journey) async throws {
        try await expectNoFault(journey.rawValue)
    }

    @Test("What it costs them", arguments: Budget.allCases)
    func budget(_ budget: Budget) async throws {
        try await expectNoFault(budget.rawValue)
    }

    @Test("Every page, wide and narrow", arguments: BrowserRun.patterns)
    func page(_ pattern: String) async throws {
        try await expectNoFault("page " + pattern)
    }

    @Test("No link leads nowhere")
    func links() async throws {
        try await expectNoFault("links")
    }

    private func expectNoFault(_ check: String) async throws {
        let faults = try await BrowserRun.shared.value.faults(of: check)
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }
}
