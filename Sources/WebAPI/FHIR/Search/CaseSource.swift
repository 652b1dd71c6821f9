import Application
import Casework
import FHIRMapping
import FHIRModel
import Kernel
import Store

/// The resources of cases, as far as whoever asks may see them.
enum CaseSource {
    static func source(_ call: FHIRCall, _ query: SearchQuery) -> SearchSource {
        groups(call, search(query)) { $0.current(of: query.type) }
    }

    /// A group for each case, with what is made of it.
    static func groups(
        _ call: FHIRCall,
        _ search: CaseSearch,
        _ make: @escaping @Sendable (CaseRecord) -> [FHIRVersion]
    ) -> SearchSource {
        { from in
            let found = try await call.goodwork.find(
                search,
                from: from.flatMap { CaseID($0) },
                by: call.actor
            )
            let records = try await call.records(of: found.stories)
            let groups = zip(found.stories, records).map { story, record in
                SearchGroup(key: story.id.text, make(record), story: story, record: record)
            }
            return SearchPortion(groups: groups, next: found.next?.text)
        }
    }

    /// How cases are found whose resources can match: by what names them, else by what narrows.
    static func search(_ query: SearchQuery) -> CaseSearch {
        for term in query.terms where term.modifier == nil || term.isTyped {
            if let search = named(term, query.type) { return search }
        }
        return .own(narrowing(query))
    }

    private static func named(_ term: SearchQuery.Term, _ type: String) -> CaseSearch? {
        let isOfCase = term.parameter.targets.allSatisfy(CaseReading.types.contains)
        switch term.parameter.kind {
        case .token where term.parameter.name == "_id":
            return .ids(term.values.compactMap { $0.token?.code.flatMap(CaseReference.caseID) })
        case .token where term.parameter.name == "identifier":
            guard term.values.count == 1, let (system, code) = term.values[0].token, let code,
                let system
            else { return nil }
            if system == Systems.identifier("case") { return .reference(code) }
            let isPlaced = type == "ServiceRequest" || type == "Task"
            return isPlaced ? .key(PlacerIdentifier(system: system, value: code).key) : nil
        case .reference where isOfCase && !term.parameter.targets.isEmpty:
            return .ids(term.values.compactMap { $0.referredID.flatMap(CaseReference.caseID) })
        case .reference where term.parameter.targets == ["Patient"]:
            return .people(term.values.compactMap { $0.referredID.flatMap { PersonID($0) } })
        default: return nil
        }
    }

    /// What the row of a case tells, so that the others need not be opened.
    private static func narrowing(_ query: SearchQuery) -> CaseNarrowing {
        var narrowing = CaseNarrowing()
        for term in query.terms {
            if term.parameter.name == "_lastUpdated", case .date(let prefix, let time)? = term.only
            {
                let isLower = [.eq, .gt, .ge, .sa].contains(prefix)
                if isLower {
                    narrowing.toldSince = max(narrowing.toldSince ?? time.start, time.start)
                }
            }
            guard query.type == "Task" else { continue }
            if term.parameter.name == "status", term.modifier == nil,
                term.only?.token?.code == "requested"
            {
                narrowing.state = .referred
            }
            if term.parameter.name == "owner", term.modifier == .missing(true) {
                narrowing.isUnowned = true
            }
        }
        return narrowing
    }
}

extension SearchQuery.Term {
    /// The value, where there is one alone.
    fileprivate var only: SearchValue? { values.count == 1 ? values[0] : nil }

    fileprivate var isTyped: Bool { if case .type = modifier { true } else { false } }
}

extension SearchValue {
    fileprivate var token: (system: String?, code: String?)? {
        if case .token(let system, let code) = self { (system, code) } else { nil }
    }

    fileprivate var referredID: String? {
        if case .reference(_, let id) = self { id } else { nil }
    }
}
