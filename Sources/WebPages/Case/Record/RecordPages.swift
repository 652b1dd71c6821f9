/// Consent, notes, risks, timeline.
package enum RecordPages {
    package static let routes: [PageRoute] = []
    package static let sections: [CaseSection] = []
}
