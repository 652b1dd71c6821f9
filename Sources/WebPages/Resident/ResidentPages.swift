/// Referring oneself, and one's own record.
package enum ResidentPages {
    package static let routes: [PageRoute] =
        SelfReferralPages.routes + SelfCheck.routes + SelfSentPages.routes + MyPages.routes
        + MyDataPages.routes + ConsentPages.routes + AnswerPages.routes + InvitationPages.routes
        + CaseLinksPages.routes
}
