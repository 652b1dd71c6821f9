import Application

extension CaseForm {
    /// The two ways in, for a form about a part of a case that the path names.
    ///
    /// Where the case has no such part, there is no such page.
    func routes(
        where isThere: @escaping @Sendable (Visit, CaseFile) -> Bool
    ) -> [PageRoute] {
        routes.map { route in
            var route = route
            let handle = route.handle
            route.handle = { visit in
                guard isThere(visit, try visit.file()) else {
                    throw ServiceError(.notFound, "There is no such page.")
                }
                return try await handle(visit)
            }
            return route
        }
    }
}
