/// What a coach has to do: today and the caseload.
package enum CoachPages {
    package static let routes: [PageRoute] = []
}
