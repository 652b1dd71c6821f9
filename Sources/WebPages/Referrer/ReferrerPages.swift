/// Referring, and what became of it.
package enum ReferrerPages {
    package static let routes: [PageRoute] = []
}
