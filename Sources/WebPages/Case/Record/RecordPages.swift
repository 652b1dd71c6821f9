/// Details, consent, messages, notes, risks, timeline.
package enum RecordPages {
    package static let routes: [PageRoute] =
        ConsentForm.form.routes + MessageParts.form.routes + NoteForm.form.routes + RiskForms.routes
        + WithdrawForm.routes + DetailsForm.routes + CorrectionForm.form.routes

    package static let sections: [CaseSection] = [
        CaseSection(id: "risks", title: "Risks", show: RiskForms.list),
        CaseSection(id: "notes", title: "Notes", show: NoteForm.list),
        CaseSection(id: "consent", title: "Consent", show: ConsentForm.list),
        CaseSection(id: "messages", title: "Messages", show: MessageParts.list),
        CaseSection(id: "referral", title: "Referral", show: ReferralPart.show),
        CaseSection(id: "timeline", title: "Timeline", show: TimelinePart.show),
    ]
}
