import Programmes

extension Programme {
    /// Whether cases are decided and counted alike: all but the words and the report agree.
    func hasRules(of other: Programme) -> Bool {
        var one = self
        var two = other
        for path in [\Programme.name, \Programme.source] {
            one[keyPath: path] = ""
            two[keyPath: path] = ""
        }
        one.report = nil
        two.report = nil
        one.populations = []
        two.populations = []
        one.indicators = []
        two.indicators = []
        one.targets = []
        two.targets = []
        one.runCharts = []
        two.runCharts = []
        // Who is seen first decides nothing about a case.
        one.priority = []
        two.priority = []
        return one == two
    }
}
