/// Signing in and out.
package enum SignInPages {
    package static let routes: [PageRoute] = []
}
