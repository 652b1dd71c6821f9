/// Pages that are for everybody: start, accessibility, privacy, language.
package enum GeneralPages {
    package static let routes: [PageRoute] = []
}
