import Kernel

/// Records that came together: what an import, or one form, brings.
package struct GuideBatch: Sendable, Hashable {
    /// Each with its parts, and with the ids of its organisation and its terms.
    package var services: [JSONObject] = []
    package var organisations: [JSONObject] = []
    package var taxonomies: [JSONObject] = []
    package var terms: [JSONObject] = []
    /// Members that the standard does not have; they are left out.
    package var leftOut: [String] = []

    package init() {}

    /// The names of the lists, as an export and a folder of tables have them.
    static let lists = ["organizations", "services", "taxonomies", "taxonomy_terms"]
}

/// What is there already, so that records may point to it.
package struct GuideKnown: Sendable {
    package var organisations: Set<String> = []
    package var taxonomies: Set<String> = []
    package var terms: Set<String> = []
    /// Services of other organisations, which whoever brings these records may not change.
    package var others: Set<String> = []

    package init() {}
}

extension GuideBatch {
    /// Reads a guide as JSON.
    ///
    /// That is one service, a list of services, a page of them (`contents`), or an object with any
    /// of the lists `services`, `organizations`, `taxonomies` and `taxonomy_terms`.
    ///
    /// - Throws: every fault, each with a JSON pointer.
    package init(_ value: JSONValue, known: GuideKnown = GuideKnown()) throws(Faults) {
        var reader = GuideReader()
        reader.read(value)
        reader.checkIds(known)
        guard reader.faults.isEmpty else {
            throw Faults(faults: Array(reader.faults.prefix(GuideReader.faultsMax)))
        }
        self = reader.batch
        leftOut = reader.leftOut.sorted()
    }
}

extension GuideBatch {
    /// Reads services that are one each; a fault's pointer begins inside the first.
    package init(services: [JSONValue], known: GuideKnown) throws(Faults) {
        var reader = GuideReader()
        for service in services { reader.record(service, "service", at: "", isOfItself: true) }
        reader.checkIds(known)
        guard reader.faults.isEmpty else { throw Faults(faults: reader.faults) }
        self = reader.batch
        leftOut = reader.leftOut.sorted()
    }
}
