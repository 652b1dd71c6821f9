import Application

/// Who may do what, as tables that a policy reader can check.
///
/// They state the policy a second time, independently of `Access`.
package enum AccessTables {
    /// What is not about one case.
    ///
    /// `yes`, `reason` (only with one), or blank: refused.
    package static let ofInstallation = """
        action            | operator | referrer | resident | coach | provider-manager | commissioner | analyst | evaluator | information-governance | administrator | nobody
        refer             | yes      | yes      |          | yes   | yes              |              |         |           |                        |               |
        refer-oneself     | yes      | yes      | yes      | yes   | yes              | yes          | yes     | yes       | yes                    | yes           | yes
        list-referrals    | yes      | yes      |          |       |                  |              |         |           |                        |               |
        list-cases        | yes      |          |          | yes   | yes              |              |         |           |                        |               |
        list-onward       | yes      |          |          | yes   | yes              |              |         |           |                        |               |
        list-queue        | yes      |          |          |       | yes              |              |         |           |                        |               |
        import-list       | yes      |          |          |       |                  |              |         |           |                        |               |
        report            | yes      |          |          |       | yes              | yes          | yes     |           |                        |               |
        open-figure       | yes      |          |          |       | yes              |              |         |           |                        |               |
        rebase-chart      | yes      |          |          |       | yes              | yes          |         |           |                        |               |
        release-report    | yes      |          |          |       | yes              |              | yes     |           |                        |               |
        list-releases     | yes      |          |          |       |                  | yes          | yes     |           | yes                    |               |
        export-report     | yes      |          |          |       | yes              | yes          | yes     |           |                        |               |
        export-facts      | yes      |          |          |       |                  |              | yes     | yes       |                        |               |
        export-journal    | yes      |          |          |       |                  |              |         |           |                        |               |
        verify            | yes      |          |          |       |                  |              |         |           |                        |               |
        manage-accounts   | yes      |          |          |       |                  |              |         |           |                        | yes           |
        manage-programmes | yes      |          |          |       |                  |              |         |           |                        | yes           |
        translate         | yes      |          |          |       |                  |              |         |           |                        | yes           |
        manage-guide      | yes      |          |          |       | yes              |              |         |           |                        | yes           |
        send-messages     | yes      |          |          |       |                  |              |         |           |                        | yes           |
        keep-hooks        | yes      | yes      |          | yes   | yes              |              |         |           |                        | yes           |
        export-records    | yes      | yes      |          | yes   | yes              |              | yes     | yes       |                        |               |
        read-access-log   | yes      |          |          |       |                  |              |         |           | yes                    |               |
        review-glass      | yes      |          |          |       |                  |              |         |           | yes                    |               |
        merge-people      | yes      |          |          |       |                  |              |         |           | yes                    |               |
        part-people       | yes      |          |          |       |                  |              |         |           | yes                    |               |
        tell-people-apart | yes      |          |          |       |                  |              |         |           | yes                    |               |
        list-retention    | yes      |          |          |       |                  |              |         |           | yes                    |               |
        make-claim        | yes      |          |          |       | yes              | yes          |         |           |                        |               |
        read-claims       | yes      |          |          |       | yes              | yes          |         |           |                        |               |
        submit-claim      | yes      |          |          |       | yes              | yes          |         |           |                        |               |
        settle-claim      | yes      |          |          |       |                  | yes          |         |           |                        |               |
        find-person       | reason   |          |          |       |                  |              |         |           | reason                 |               |
        import-extract    | yes      |          |          |       |                  |              |         |           |                        |               |
        read-practice     | yes      | yes      |          |       |                  |              |         |           |                        |               |
        list-patients     | reason   | yes      |          |       |                  |              |         |           |                        |               |
        compare-practices | yes      |          |          |       |                  | yes          | yes     |           |                        |               |
        """

    /// What is about one claim, by what somebody's organisation is to it; the host may claim too.
    ///
    /// `yes`, or blank: for them there is no such claim.
    package static let ofClaim = """
        action       | operator@elsewhere | provider-manager@claimant | commissioner@claimant | provider-manager@host | commissioner@host | commissioner@own-host | provider-manager@payer | commissioner@payer | provider-manager@elsewhere | commissioner@elsewhere | analyst@elsewhere
        read-claims  | yes                | yes                       | yes                   | yes                   | yes               | yes                   | yes                    | yes                | | |
        submit-claim | yes                | yes                       | yes                   |                       |                   | yes                   |                        |                    | | |
        settle-claim | yes                |                           |                       |                       | yes               |                       |                        | yes                | | |
        """

    /// What is about one practice's records, by whether somebody works there.
    ///
    /// `yes`, `reason` (only with one), or blank: for them there is no such practice.
    package static let ofPractice = """
        action        | operator@elsewhere | referrer@practice | referrer@elsewhere | coach@practice | provider-manager@practice | commissioner@elsewhere | analyst@elsewhere | information-governance@practice
        read-practice | yes                | yes               |                    |                |                           |                        |                   |
        list-patients | reason             | yes               |                    |                |                           |                        |                   |
        """

    /// What is about run charts, by whose they are: a provider's own cases', or all of a programme's.
    ///
    /// `yes`, `refused`, or blank: for them there is no such chart.
    package static let ofRunChart = """
        charts       | operator@elsewhere | provider-manager@provider | provider-manager@elsewhere | commissioner@provider | commissioner@elsewhere | analyst@provider | coach@provider | administrator@elsewhere
        whole        | yes                | refused                   | refused                    | yes                   | yes                    | refused          | refused        | refused
        provider     | yes                | yes                       |                            |                       |                        | refused          | refused        | refused
        """

    /// What is about one case, by what somebody is to it.
    ///
    /// `yes`; `agreed`: unless the person refused, or withdrew from, being referred; `shared`: only
    /// with their consent to tell the referrer; `reason`: only with one; `agreed/reason`: with a
    /// reason where they have not agreed; blank: refused.
    package static let ofCase = """
        action          | coach@provider | provider-manager@provider | coach@asked | provider-manager@asked | coach@onward | provider-manager@onward | coach@unassigned | provider-manager@unassigned | referrer@referrer | resident@self | coach@glass | provider-manager@glass
        read-status     | yes            | yes                       | yes         | yes                    | yes          | yes                     |                  | yes                         | yes               | yes           | yes         | yes
        read-outcome    | yes            | yes                       |             |                        |              |                         |                  |                             | shared            | yes           | yes         | yes
        read-case       | yes            | yes                       | yes         | yes                    | agreed       | agreed                  |                  | yes                         |                   |               | yes         | yes
        read-identity   | agreed         | agreed                    |             |                        | agreed       | agreed                  |                  | agreed                      | agreed            | yes           | yes         | yes
        read-clinical   | agreed         | agreed                    |             |                        |              |                         |                  |                             |                   |               | yes         | yes
        change-case     | yes            | yes                       |             |                        |              |                         |                  |                             |                   |               |             |
        change-identity | agreed         | agreed                    |             |                        |              |                         |                  |                             |                   |               |             |
        manage-case     |                | yes                       |             |                        |              |                         |                  | yes                         |                   |               |             |
        answer-transfer |                |                           |             | yes                    |              |                         |                  |                             |                   |               |             |
        answer-onward   |                |                           |             |                        | agreed       | agreed                  |                  |                             |                   |               |             |
        answer-referral | yes            | yes                       |             |                        |              |                         |                  |                             | yes               |               |             |
        use-own-record  |                |                           |             |                        |              |                         |                  |                             |                   | yes           |             |
        break-glass     | reason         | reason                    | reason      | reason                 | reason       | reason                  | reason           | reason                      |                   |               | reason      | reason
        copy-record     |                |                           |             |                        |              |                         |                  |                             |                   |               |             |
        erase-person    |                |                           |             |                        |              |                         |                  |                             |                   |               |             |
        """

    /// Roles that need no part in a case for some things.
    package static let withoutPart: [String: Set<Action>] = [
        "coach": [.breakGlass],
        "provider-manager": [.breakGlass],
        "information-governance": [.readIdentity, .copyRecord, .erasePerson],
    ]
}
