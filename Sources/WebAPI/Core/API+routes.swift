extension API {
    /// Everything that programs can ask.
    package static let everyRoute: [APIRoute] =
        OpenAPIDocument.routes + TokenEndpoint.routes + ReferralRoutes.routes + CaseRoutes.routes
        + EntryRoutes.routes + TeamRoutes.routes + ProgrammeRoutes.routes + ReportRoutes.routes
        + ClaimRoutes.routes + AdministrationRoutes.routes + LogRoutes.routes + PeopleRoutes.routes
        + ApartRoutes.routes + DirectoryRoutes.routes + DashboardRoutes.routes + RebaseRoutes.routes
        + FactRoutes.routes
        + ClaimRoutes.settling + OnwardRoutes.routes + CaseLinkRoutes.routes
        + AppointmentRoutes.routes
        + BoardPackRoutes.routes
        + PracticeRoutes.routes + SettingRoutes.routes + WebhookRoutes.routes
}
