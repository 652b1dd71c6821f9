import Application

/// What a coach has to do: today and the caseload.
package enum CoachPages {
    package static let routes: [PageRoute] = [
        .get("/today", .action(.listCases)) { try await TodayPage.show($0) },
        .get("/caseload", .action(.listCases)) { try await CaseloadPage.show($0) },
        .post("/caseload", .action(.listCases)) { try await CaseloadPage.search($0) },
    ]
}
