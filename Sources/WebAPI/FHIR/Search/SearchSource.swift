import Application
import FHIRMapping
import Kernel

/// What is found together: the resources of one case, or one resource of another kind.
struct SearchGroup: Sendable {
    /// By which groups are in order.
    var key: String
    /// In an order that does not change when the case goes on, what was deleted among them.
    var versions: [FHIRVersion]
    /// What has to be written down when a resource of it is shown.
    var story: CaseStory?
    var person: PersonID?
    var record: CaseRecord?

    init(_ version: FHIRVersion) {
        key = version.view?.id ?? ""
        versions = [version]
    }

    init(
        key: String,
        _ versions: [FHIRVersion],
        story: CaseStory? = nil,
        person: PersonID? = nil,
        record: CaseRecord? = nil
    ) {
        self.key = key
        self.versions = versions
        self.story = story
        self.person = person
        self.record = record
    }
}

/// Some groups, in order, and the key from which to go on; nil at the end.
struct SearchPortion: Sendable {
    var groups: [SearchGroup]
    var next: String?

    /// Resources that are all at hand, each by itself.
    static func source(of versions: [FHIRVersion]) -> SearchSource {
        let groups = versions.map { SearchGroup($0) }.sorted { $0.key < $1.key }
        return { from in
            let start = from.map { key in groups.firstIndex { $0.key >= key } ?? groups.count } ?? 0
            return SearchPortion(groups: Array(groups[start...]), next: nil)
        }
    }
}

/// Gives the groups from a key on, a portion at a time.
typealias SearchSource = @Sendable (_ from: String?) async throws -> SearchPortion
