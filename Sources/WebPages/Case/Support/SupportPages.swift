/// Assessment, measures, plan, interventions, onward referrals, work, discharge, tracking.
package enum SupportPages {
    package static let routes: [PageRoute] =
        AssessForm.routes + MeasureForm.routes + MeasurePages.routes + SafetyPage.routes
        + PlanForm.routes + PlanItemForms.routes + PlanMarkForm.routes + PlanPrint.routes
        + InterventionForm.routes + OnwardForms.routes + WorkForms.routes + JobForms.routes
        + DischargeForm.routes + TrackingForms.routes + ClosingForms.routes

    package static let sections: [CaseSection] = [
        CaseSection(id: "plan", title: "Plan", show: PlanPart.show),
        CaseSection(id: "support", title: "Assessment and support", show: SupportPart.show),
        CaseSection(id: "onward", title: "Onward referrals", show: OnwardPart.show),
        CaseSection(id: "work", title: "Work", show: WorkPart.show),
        CaseSection(id: "measures", title: "Measures", show: MeasurePart.show),
        CaseSection(id: "ending", title: "Discharge and tracking", show: EndingPart.show),
    ]
}
