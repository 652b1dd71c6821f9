/// Referring oneself, and one's own record.
package enum ResidentPages {
    package static let routes: [PageRoute] = []
}
