/// Referring, and what became of it.
package enum ReferrerPages {
    package static let routes: [PageRoute] =
        ReferPage.routes + PrefillRoute.routes + SentPage.routes + ReferralsPage.routes
        + StatusPage.routes + AnswersForm.form.routes + WithdrawReferralForm.form.routes
        + OnwardPage.routes + OnwardAnswerForm.form.routes
}
