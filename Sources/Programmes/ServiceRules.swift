import Kernel

/// Whom a service of the guide is for, in the rule language of programme files.
package struct ServiceRules: Sendable, Hashable {
    /// Named sets of places that the rules speak of.
    package var areas: [Area] = []
    /// Coded questions that the rules ask beside the standard ones.
    package var asks: [Question] = []
    package var eligibility: [EligibilityRule] = []

    package init() {}

    package init(areas: [Area], asks: [Question], eligibility: [EligibilityRule]) {
        self.areas = areas
        self.asks = asks
        self.eligibility = eligibility
    }

    /// Reads rules: `areas`, `asks` and `eligibility`, as a programme file has them.
    ///
    /// - Throws: every fault, each with its line and column.
    package init(yaml text: String, file: String? = nil) throws(Faults) {
        let log = ReadingLog(file: file ?? "")
        var yaml = YAMLText(text, log: log)
        let rules = yaml.root(of: "eligibility rules").flatMap {
            $0.read("service-rules", ProgrammeFile.serviceRules)
        }
        log.names.reportUndefined()
        guard let rules, log.faults.isEmpty else {
            throw Faults(
                faults: log.sortedFaults.map { fault in
                    var fault = fault
                    fault.file = file
                    return fault
                }
            )
        }
        self = rules
    }
}

extension ProgrammeFile {
    static func serviceRules(_ reader: MappingReader) -> ServiceRules? {
        let areas = areas(reader.optional("areas"))
        let asks = reader.list("asks").compactMap(question)
        let rules = reader.required("eligibility")?.list().compactMap(eligibilityRule)
        guard let rules else { return nil }
        return ServiceRules(areas: areas, asks: asks, eligibility: rules)
    }
}
