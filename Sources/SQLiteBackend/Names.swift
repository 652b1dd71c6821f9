import SQL

// GRDB has types of the same names, and one called SQL that hides the module's name. These are
// ours.

package typealias SQLStatement = Statement
package typealias SQLDatabase = Database
package typealias SQLTransaction = Transaction
package typealias SQLRow = Row
