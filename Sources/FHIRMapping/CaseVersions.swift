import Casework
import Kernel

extension CaseRecord {
    /// The versions of one resource, the first first; empty when there never was such a resource.
    ///
    /// What was recorded at one moment was one command, and makes one version at most. A version
    /// that says the same as the one before it is none.
    package func versions(of type: String, _ id: String) -> [FHIRVersion] {
        var versions: [FHIRVersion] = []
        tell { told, moment in
            let view = told.all(of: type).first { $0.id == id }
            if view == nil && versions.isEmpty { return }
            if let last = versions.last, last.view == view { return }
            versions.append(
                FHIRVersion(
                    number: versions.count + 1,
                    lastUpdated: moment,
                    view: view,
                    last: view == nil ? versions.last?.view : nil
                )
            )
        }
        return versions
    }

    /// The latest version of every resource, of one type if named.
    ///
    /// It is `versions` of all at once, each moment folded once.
    package func current(of type: String? = nil) -> [FHIRVersion] {
        var latest: [String: FHIRVersion] = [:]
        var order: [String] = []
        tell { told, moment in
            var seen: Set<String> = []
            for view in told.all(of: type) {
                seen.insert(view.reference)
                let before = latest[view.reference]
                if before?.view == view { continue }
                if before == nil { order.append(view.reference) }
                latest[view.reference] = FHIRVersion(
                    number: (before?.number ?? 0) + 1,
                    lastUpdated: moment,
                    view: view
                )
            }
            for (reference, version) in latest
            where version.view != nil && !seen.contains(reference) {
                latest[reference] = FHIRVersion(
                    number: version.number + 1,
                    lastUpdated: moment,
                    view: nil,
                    last: version.view
                )
            }
        }
        return order.compactMap { latest[$0] }
    }

    /// Tells the case as it stood after each moment at which something was recorded.
    private func tell(_ body: (_ told: CaseView, _ moment: Instant) -> Void) {
        var told = History(header: history.header)
        var earlier: CaseView?
        var rest = history.events[...]
        while let moment = rest.first?.recordedAt {
            let batch = rest.prefix { $0.recordedAt == moment }
            rest = rest.dropFirst(batch.count)
            told.append(Array(batch))
            let view = CaseView(self, history: told, after: earlier)
            body(view, moment)
            earlier = view
        }
    }
}
