extension ReportRow {
    /// A row that is in no file: an indicator to be counted by itself.
    package init(of indicator: Indicator, named name: String) {
        row = name
        self.indicator = indicator
        show = Show(form: .number, rounding: .oneDecimal)
        line = 0
    }
}

extension Report {
    /// A report that is in no file.
    package init(of rows: [ReportRow]) {
        title = ""
        self.rows = rows
    }
}
