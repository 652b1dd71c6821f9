/// Each part by its name; lent rather than copied, since a part may itself have many.
extension Programme {
    package var id: String {
        _read { yield shared.parts.id }
        set { change { $0.id = newValue } }
    }
    package var version: Int {
        _read { yield shared.parts.version }
        set { change { $0.version = newValue } }
    }
    package var name: String {
        _read { yield shared.parts.name }
        set { change { $0.name = newValue } }
    }
    package var runs: DateRange {
        _read { yield shared.parts.runs }
        set { change { $0.runs = newValue } }
    }
    package var source: String {
        _read { yield shared.parts.source }
        set { change { $0.source = newValue } }
    }
    package var calendar: String {
        _read { yield shared.parts.calendar }
        set { change { $0.calendar = newValue } }
    }
    package var retentionYears: Int {
        _read { yield shared.parts.retentionYears }
        set { change { $0.retentionYears = newValue } }
    }
    package var areas: [Area] {
        _read { yield shared.parts.areas }
        set { change { $0.areas = newValue } }
    }
    package var referral: ReferralRules {
        _read { yield shared.parts.referral }
        set { change { $0.referral = newValue } }
    }
    package var eligibility: [EligibilityRule] {
        _read { yield shared.parts.eligibility }
        set { change { $0.eligibility = newValue } }
    }
    package var strands: [Strand] {
        _read { yield shared.parts.strands }
        set { change { $0.strands = newValue } }
    }
    package var targets: [Target] {
        _read { yield shared.parts.targets }
        set { change { $0.targets = newValue } }
    }
    package var trajectory: TrajectoryRules? {
        _read { yield shared.parts.trajectory }
        set { change { $0.trajectory = newValue } }
    }
    package var runCharts: [RunChartRule] {
        _read { yield shared.parts.runCharts }
        set { change { $0.runCharts = newValue } }
    }
    package var clocks: [Clock] {
        _read { yield shared.parts.clocks }
        set { change { $0.clocks = newValue } }
    }
    package var pathway: Pathway {
        _read { yield shared.parts.pathway }
        set { change { $0.pathway = newValue } }
    }
    package var priority: [PriorityRule] {
        _read { yield shared.parts.priority }
        set { change { $0.priority = newValue } }
    }
    package var measures: [Instrument] {
        _read { yield shared.parts.measures }
        set { change { $0.measures = newValue } }
    }
    package var messages: [MessageTemplate] {
        _read { yield shared.parts.messages }
        set { change { $0.messages = newValue } }
    }
    package var outcomes: [OutcomeRule] {
        _read { yield shared.parts.outcomes }
        set { change { $0.outcomes = newValue } }
    }
    package var populations: [NamedPopulation] {
        _read { yield shared.parts.populations }
        set { change { $0.populations = newValue } }
    }
    package var indicators: [NamedIndicator] {
        _read { yield shared.parts.indicators }
        set { change { $0.indicators = newValue } }
    }
    package var report: Report? {
        _read { yield shared.parts.report }
        set { change { $0.report = newValue } }
    }
    package var funding: FundingRules? {
        _read { yield shared.parts.funding }
        set { change { $0.funding = newValue } }
    }
}
