import Kernel
import Programmes

/// Which group each row belongs to, through a table over the codes or the days of one column.
///
/// Every row belongs to exactly one group, so that groups add up to the whole.
struct GroupScale {
    /// What the groups are read from.
    enum Source {
        case whole
        case codes(CodeField)
        case days(Milestone)
    }

    let source: Source
    /// The groups, in order.
    let groups: [ReportGroup]
    /// The group of each code, or of each day from the first of the column on.
    let groupOf: [UInt32]
    /// The first day of the column.
    private let firstDay: Int
    /// The group of the rows that have no date.
    private let blankGroup: UInt32

    /// One group of all rows.
    static let whole = GroupScale(source: .whole, groups: [], groupOf: [], firstDay: 0, blank: 0)

    private init(
        source: Source,
        groups: [ReportGroup],
        groupOf: [UInt32],
        firstDay: Int,
        blank: UInt32
    ) {
        self.source = source
        self.groups = groups
        self.groupOf = groupOf
        self.firstDay = firstDay
        blankGroup = blank
    }

    /// How many groups are tallied.
    var count: Int { max(groups.count, 1) }

    /// Groups by the codes of a column, with `label` and `order` for each code's text.
    init(_ field: CodeField, in table: FactTable, like grouping: Grouping, _ programme: Programme) {
        let dictionary = table.codes[field.place].dictionary
        var codes = Array(1..<UInt32(dictionary.count + 1))
        let keys = [""] + codes.map { dictionary[$0] }
        let order = grouping.order(of: keys, programme)
        codes.sort { order[Int($0)] < order[Int($1)] }
        var groupOf = Array(repeating: UInt32(codes.count), count: keys.count)
        for (place, code) in codes.enumerated() { groupOf[Int(code)] = UInt32(place) }
        let groups = codes.map { code in
            let key = keys[Int(code)]
            return ReportGroup(key: key, label: grouping.label(of: key, programme))
        }
        self.init(
            source: .codes(field),
            groups: groups + [.notKnown],
            groupOf: groupOf,
            firstDay: 0,
            blank: UInt32(groups.count)
        )
    }

    /// The groups that a column's codes are shown in, in no order.
    init(groupsOf field: CodeField, in table: FactTable) {
        let dictionary = table.codes[field.place].dictionary
        let keys = (0..<dictionary.count + 1).map { code in
            code == 0 ? "" : field.group(ofCode: dictionary[UInt32(code)])
        }
        var places: [String: UInt32] = [:]
        var groups: [ReportGroup] = []
        for key in keys where !key.isEmpty && places[key] == nil {
            places[key] = UInt32(groups.count)
            groups.append(ReportGroup(key: key, label: key))
        }
        let blank = UInt32(groups.count)
        self.init(
            source: .codes(field),
            groups: groups + [.notKnown],
            groupOf: keys.map { places[$0] ?? blank },
            firstDay: 0,
            blank: blank
        )
    }

    /// Groups by the month of a milestone.
    init(monthOf milestone: Milestone, in table: FactTable) {
        let column = table.dates[milestone.place]
        var groups: [ReportGroup] = []
        var groupOf: [UInt32] = []
        if column.lowest <= column.highest {
            for cell in column.lowest...column.highest {
                let month = CivilDate(day: DateColumn.day(cell)).civilMonth
                if groups.last?.key != month.iso {
                    groups.append(ReportGroup(key: month.iso, label: month.uk))
                }
                groupOf.append(UInt32(groups.count - 1))
            }
        }
        let blank = UInt32(groups.count)
        self.init(
            source: .days(milestone),
            groups: groups + [.notKnown],
            groupOf: groupOf,
            firstDay: Int(column.lowest),
            blank: blank
        )
    }

    /// The group of one row.
    func group(row: Int, in table: FactTable) -> Int {
        switch source {
        case .whole: return 0
        case .codes(let field): return Int(groupOf[Int(table.codes[field.place].code(row))])
        case .days(let milestone):
            return Int(group(day: table.dates[milestone.place].days[row]))
        }
    }

    /// Writes the group of each row of a chunk.
    func write(_ chunk: Chunk, of table: FactTable, to out: UnsafeMutableBufferPointer<UInt32>) {
        switch source {
        case .whole:
            return
        case .codes(let field):
            let column = table.codes[field.place]
            switch column.width {
            case .one: write(column.ones, chunk, to: out)
            case .two: write(column.twos, chunk, to: out)
            case .four: write(column.fours, chunk, to: out)
            }
        case .days(let milestone):
            let days = table.dates[milestone.place].days
            for row in 0..<chunk.rows { out[row] = group(day: days[chunk.start + row]) }
        }
    }

    private func group(day: Int16) -> UInt32 {
        day == DateColumn.blank ? blankGroup : groupOf[Int(day) - firstDay]
    }

    private func write<Cell: FixedWidthInteger>(
        _ cells: [Cell],
        _ chunk: Chunk,
        to out: UnsafeMutableBufferPointer<UInt32>
    ) {
        groupOf.withUnsafeBufferPointer { groupOf in
            for row in 0..<chunk.rows { out[row] = groupOf[Int(cells[chunk.start + row])] }
        }
    }
}
