import Application
import Web

extension CaseForm {
    /// The two ways in to a form that is made for each visit, such as one for each questionnaire.
    static func routes(
        at path: String,
        _ make: @escaping @Sendable (Visit, CaseFile) throws -> CaseForm
    ) -> [PageRoute] {
        let handle: PageRoute.Handler = { visit in
            let routes = try make(visit, try visit.file()).routes
            guard let route = routes.first(where: { $0.method == visit.request.method }) else {
                throw ServiceError(.notFound, "There is no such page.")
            }
            return try await route.handle(visit)
        }
        let pattern = "/cases/:case/\(path)"
        return [
            .get(pattern, .onCase(.changeCase), handle),
            .post(pattern, .onCase(.changeCase), handle),
        ]
    }
}
