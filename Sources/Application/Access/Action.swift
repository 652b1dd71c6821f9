/// What is asked for.
package enum Action: String, Sendable, CaseIterable {
    // Of the installation.
    case refer
    /// A person refers themselves; nobody is signed in.
    case referOneself = "refer-oneself"
    case listReferrals = "list-referrals"
    /// The caseload, what is due today, and search among the organisation's own cases.
    case listCases = "list-cases"
    /// Cases that other organisations referred on to one's own.
    case listOnward = "list-onward"
    /// The unassigned queue, the team's load and what is missing from its records.
    case listQueue = "list-queue"
    case importList = "import-list"
    case report
    /// The cases behind a figure, without identities.
    case openFigure = "open-figure"
    /// Say from which month the limits of a run chart are reckoned anew, and why; take it back.
    case rebaseChart = "rebase-chart"
    /// Let a report out to the board or to everyone, and enter it in the register.
    case releaseReport = "release-report"
    /// The register of what was let out.
    case listReleases = "list-releases"
    /// Take a report away as a file. Needs a purpose.
    case exportReport = "export-report"
    case exportFacts = "export-facts"
    case exportJournal = "export-journal"
    case verify
    case manageAccounts = "manage-accounts"
    case manageProgrammes = "manage-programmes"
    case translate
    /// Write services into the guide, change and close them: one's own organisation's.
    case manageGuide = "manage-guide"
    /// See which messages did not get through, and send them again.
    case sendMessages = "send-messages"
    /// Have one's program told what happens: webhooks, subscriptions.
    case keepHooks = "keep-hooks"
    /// Take records away in bulk: one's own cases, or those who agreed to evaluation.
    case exportRecords = "export-records"
    case readAccessLog = "read-access-log"
    case reviewGlass = "review-glass"
    case mergePeople = "merge-people"
    case partPeople = "part-people"
    /// Say that two records are of two people, and take it back.
    case tellPeopleApart = "tell-people-apart"
    case listRetention = "list-retention"
    /// Finding a person by name or NHS number among all. Needs a reason.
    case findPerson = "find-person"

    /// Draft a quarter's claims.
    case makeClaim = "make-claim"
    /// Claims and their lines, without identities: one's own organisation's, or those it pays.
    case readClaims = "read-claims"
    /// Submit one's own organisation's claim, and answer what is asked about it.
    case submitClaim = "submit-claim"
    /// Query, reject lines of, sample, accept and pay a claim on one's own organisation.
    case settleClaim = "settle-claim"

    /// Take in a practice's extract.
    case importExtract = "import-extract"
    /// A practice's own figures.
    case readPractice = "read-practice"
    /// Who of one's own patients might be offered support, and what to write in records.
    case listPatients = "list-patients"
    /// All practices beside each other, small counts kept back.
    case comparePractices = "compare-practices"

    // Of one case.
    /// Where the case stands, its next step and its owner.
    case readStatus = "read-status"
    /// What came of it: plan, work, discharge.
    case readOutcome = "read-outcome"
    /// A case's coded story.
    case readCase = "read-case"
    /// Who the person is. Needs a reason of those who do not hold the case.
    case readIdentity = "read-identity"
    /// Notes, measures, risks: what only the case team needs.
    case readClinical = "read-clinical"
    case changeCase = "change-case"
    /// Put right who the person is: name, birth date, numbers and addresses.
    case changeIdentity = "change-identity"
    /// Accept, return, reroute, assign, transfer.
    case manageCase = "manage-case"
    /// Take or decline a transfer that was asked of one's organisation.
    case answerTransfer = "answer-transfer"
    /// Say what became of an onward referral to one's organisation.
    case answerOnward = "answer-onward"
    /// Supply what a referral lacks, or withdraw it.
    case answerReferral = "answer-referral"
    /// A resident's own record: read it, tick an action, answer, change consent.
    case useOwnRecord = "use-own-record"
    /// See a case in an emergency, for four hours. Needs a reason.
    case breakGlass = "break-glass"
    /// Everything held on a person, as a document. Needs a reason.
    case copyRecord = "copy-record"
    /// Needs a reason.
    case erasePerson = "erase-person"

    /// Whether it is about one case.
    package var isOfCase: Bool {
        switch self {
        case .readStatus, .readOutcome, .readCase, .readIdentity, .readClinical, .changeCase,
            .changeIdentity, .manageCase, .answerTransfer, .answerOnward, .answerReferral,
            .useOwnRecord, .breakGlass, .copyRecord, .erasePerson:
            true
        default: false
        }
    }

    /// Those that are about one case.
    static let ofCases = allCases.filter(\.isOfCase)
}
