/// A day on which a country does not work, other than a weekend.
package struct BankHoliday: Hashable, Sendable {
    /// The day.
    package let date: CivilDate

    /// Its name.
    package let name: String
}
