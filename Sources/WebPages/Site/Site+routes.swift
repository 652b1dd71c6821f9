extension Site {
    /// Every page there is.
    package static let everyRoute: [PageRoute] =
        GeneralPages.routes + SignInPages.routes + ReferrerPages.routes + ResidentPages.routes
        + CoachPages.routes + CasePages.routes + ContactPages.routes + SupportPages.routes
        + RecordPages.routes + ManagerPages.routes + DashboardPages.routes + ReportPages.routes
        + BoardPages.routes
        + GovernancePages.routes
        + AdministratorPages.routes
        + ClaimPages.routes
        + PracticePages.routes
        + ValuePages.routes
        + GuidePages.routes
}
