/// The case page itself.
package enum CasePages {
    package static let routes: [PageRoute] = []
}
