/// Counts that are tied by sums: what is known of how a table hangs together.
package struct CountSystem: Sendable {
    /// A total that is the sum of its parts.
    package struct Sum: Sendable, Hashable {
        package var total: Int
        package var parts: [Int]

        package init(total: Int, parts: [Int]) {
            self.total = total
            self.parts = parts
        }
    }

    /// One count.
    package struct Cell: Sendable, Hashable {
        /// In how many places it is printed; 0 for a count that only follows from others.
        ///
        /// Such a count is protected as a printed one is: "how many were not" is a count too.
        package var prints: Int
        /// The largest count that is hidden, where it is above that of the method.
        package var smallMax: Int

        package init(prints: Int, smallMax: Int = 0) {
            self.prints = prints
            self.smallMax = smallMax
        }
    }

    package var cells: [Cell]
    package var sums: [Sum]

    package init(cells: [Cell], sums: [Sum]) {
        self.cells = cells
        self.sums = sums
    }
}

/// The counts of one table of a report, as they are, and which of them were hidden.
package struct CountRelease: Sendable {
    package var method: DisclosureMethod
    /// The count of each cell of the system; nil where the table does not have the cell.
    package var values: [Int?]
    package var isHidden: [Bool]
    /// Which of the hidden counts are withheld with their row: not even that they are not naught is known.
    package var isWithheld: [Bool]

    package init(method: DisclosureMethod, values: [Int?], isHidden: [Bool]? = nil) {
        let none = Array(repeating: false, count: values.count)
        self.method = method
        self.values = values
        self.isHidden = isHidden ?? none
        isWithheld = none
    }

    /// Adds a count that is not printed.
    mutating func append(_ rest: Int?) {
        values.append(rest)
        isHidden.append(false)
        isWithheld.append(false)
    }
}
