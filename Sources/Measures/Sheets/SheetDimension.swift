import Kernel
import Programmes

/// A way of setting cases apart: by the codes of a column, or by the month of a milestone.
///
/// Reports, equity and runs that set cases apart in the same way share its columns in a sheet.
enum SheetDimension: Hashable, Sendable {
    case code(CodeField)
    case month(Milestone)

    /// What its columns are called before their keys.
    var name: String {
        switch self {
        case .code(let field): field.rawValue
        case .month(let milestone): milestone.rawValue
        }
    }

    /// The name of a column; the key of cases for which it is blank is blank.
    func column(_ key: String) -> String { "\(name)=\(key)" }

    /// The dimension of a column by its name; blank for the whole.
    static func name(ofColumn column: String) -> Substring { column.prefix { $0 != "=" } }
}

extension Grouping {
    /// The dimension of a sheet that the groups are columns of.
    var dimension: SheetDimension { field.map(SheetDimension.code) ?? .month(.referred) }
}

extension GroupScale {
    /// The groups of a dimension, called by the keys of a sheet's columns; those of a column of codes
    /// need not come in order.
    init(_ dimension: SheetDimension, in table: FactTable) {
        switch dimension {
        case .month(let milestone): self.init(monthOf: milestone, in: table)
        case .code(let field): self.init(groupsOf: field, in: table)
        }
    }

    /// The key of a group in the columns of a sheet.
    func sheetKey(_ place: Int) -> String {
        place == groups.count - 1 ? "" : groups[place].key
    }
}

extension Plan {
    /// What is certain of the cases of a column of a sheet.
    func form(_ dimension: SheetDimension, _ key: String) -> SetForm {
        switch dimension {
        case .code(let field): return form(field, where: { field.group(ofCode: $0) == key })
        case .month(let milestone):
            // No set of the plan is that of one month, so it is called by a number that none has.
            let month = CivilMonth(iso: key).map { $0.year * 12 + $0.month } ?? 0
            return SetForm(others: [2 * ((milestone.place + 1) << 32 + month)])
        }
    }
}
