import Application
import FHIRMapping
import FHIRModel
import Kernel
import Web

/// The search in a scope (SMART App Launch 2.2, 3.0.2.3): `system/Observation.rs?code=…`.
package enum ScopeSearch {
    /// What is searched for.
    ///
    /// - Throws: every fault of it; what makes a page or an order is one too.
    static func query(_ search: String, of type: String) throws(FHIRIssues) -> SearchQuery {
        guard SearchParameters.all[type] != nil else {
            throw FHIRIssues(FHIRIssue(.notSupported, "\(type) is not searched here."))
        }
        guard let form = URLEncoding.decode(search.utf8) else {
            throw FHIRIssues(FHIRIssue(.value, "It is not encoded as an address is."))
        }
        let query = try SearchQuery(type, form.fields.map { ($0.name, $0.value) })
        guard query.terms.count == form.fields.count else {
            let says = "A scope takes search parameters alone."
            throw FHIRIssues(FHIRIssue(.notSupported, says))
        }
        return query
    }

    private static func expected(_ type: String) -> String {
        if let known = SearchParameters.all[type] {
            return "a search by \(known.map(\.name).joined(separator: ", "))"
        }
        return "a type of " + SearchParameters.all.keys.sorted().joined(separator: ", ")
    }

    /// Why a scope cannot be granted: its search would find nothing, ever.
    @Sendable package static func problem(_ scope: ClientScope) -> Fault? {
        guard let search = scope.constraint, let type = scope.resource else { return nil }
        do {
            _ = try query(search, of: type)
            return nil
        } catch {
            let says = error.issues.map(\.diagnostics).joined(separator: " ")
            return Fault(
                field: "scopes",
                problem: "\(scope.text) would find nothing: \(says)",
                expected: expected(type)
            )
        }
    }
}
