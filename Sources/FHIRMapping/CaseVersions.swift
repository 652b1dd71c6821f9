import Casework
import Kernel

extension CaseRecord {
    /// The versions of one resource, the first first; empty when there never was such a resource.
    ///
    /// What was recorded at one moment was one command, and makes one version at most. A version
    /// that says the same as the one before it is none.
    package func versions(of type: String, _ id: String) -> [FHIRVersion] {
        var versions: [FHIRVersion] = []
        for moment in moments {
            let told = CaseView(self, history: moment.history)
            let view = told.all(of: type).first { $0.id == id }
            if view == nil && versions.isEmpty { continue }
            if let last = versions.last, last.view == view { continue }
            versions.append(
                FHIRVersion(
                    number: versions.count + 1,
                    lastUpdated: moment.at,
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
        for moment in moments {
            let views = CaseView(self, history: moment.history).all(of: type)
            var seen: Set<String> = []
            for view in views {
                seen.insert(view.reference)
                let before = latest[view.reference]
                if before?.view == view { continue }
                if before == nil { order.append(view.reference) }
                latest[view.reference] = FHIRVersion(
                    number: (before?.number ?? 0) + 1,
                    lastUpdated: moment.at,
                    view: view
                )
            }
            for (reference, version) in latest
            where version.view != nil && !seen.contains(reference) {
                latest[reference] = FHIRVersion(
                    number: version.number + 1,
                    lastUpdated: moment.at,
                    view: nil,
                    last: version.view
                )
            }
        }
        return order.compactMap { latest[$0] }
    }

    /// The history as it stood after each moment at which something was recorded.
    private var moments: [(at: Instant, history: History)] {
        var moments: [(Instant, History)] = []
        var told = History(header: history.header)
        var batch: [CaseEvent] = []
        for event in history.events {
            if let last = batch.last, last.recordedAt != event.recordedAt {
                told.append(batch)
                moments.append((last.recordedAt, told))
                batch = []
            }
            batch.append(event)
        }
        if let last = batch.last {
            told.append(batch)
            moments.append((last.recordedAt, told))
        }
        return moments
    }
}
