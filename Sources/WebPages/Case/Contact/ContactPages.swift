/// Contacts, appointments, next steps.
package enum ContactPages {
    package static let routes: [PageRoute] = []
    package static let sections: [CaseSection] = []
}
