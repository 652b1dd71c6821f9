/// Accounts, organisations, programmes, translations.
package enum AdministratorPages {
    package static let routes: [PageRoute] = []
}
