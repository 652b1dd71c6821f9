import Application
import HTML
import Store
import Web

extension Site {
    /// What an error looks like to whoever asked; the rest is for the operator.
    func errorPage(_ error: any Error, _ visit: Visit) -> Response {
        switch error {
        case let error as ServiceError:
            if let context = error.context { report(context) }
            return page(for: error, visit)
        case let error as TooManyRequests:
            var response = simplePage(
                visit,
                status: 429,
                title: visit.phrases("Please wait a moment"),
                says: visit.phrases(
                    "A lot was sent to this page from where you are. Nothing was saved. "
                        + "Wait {seconds} seconds, go back and try again.",
                    ["seconds": String(error.seconds)]
                )
            )
            response.headers.append(("Retry-After", String(error.seconds)))
            return response
        case StoreError.conflict:
            return page(
                for: ServiceError(
                    .conflict,
                    "Somebody else changed this meanwhile. Look again, then try once more."
                ),
                visit
            )
        case StoreError.keyReused:
            return page(
                for: ServiceError(.conflict, "This form was sent already, with other answers."),
                visit
            )
        default:
            let reference = Tokens.make().prefix(8)
            report("\(reference) \(visit.request.method.rawValue) \(visit.request.path): \(error)")
            return simplePage(
                visit,
                status: 500,
                title: "Sorry, something went wrong",
                says: "Nothing was saved. Try again in a minute. If it goes on, tell whoever runs "
                    + "this service, with the code \(reference)."
            )
        }
    }

    private func page(for error: ServiceError, _ visit: Visit) -> Response {
        switch error.code {
        case "signed-out": return .redirect(to: Places.signIn)
        case "busy":
            var response = simplePage(
                visit,
                status: 503,
                title: "Try again soon",
                says: error.message
            )
            response.headers.append(("Retry-After", "5"))
            return response
        default: break
        }
        return switch error.kind {
        case .notFound:
            simplePage(
                visit,
                status: 404,
                title: "Page not found",
                says: "There is no such page, or it is not yours to see."
            )
        case .forbidden:
            simplePage(visit, status: 403, title: "You cannot do this", says: error.message)
        case .conflict:
            simplePage(visit, status: 409, title: "This has changed", says: error.message)
        case .refused, .faults, .invalid:
            simplePage(visit, status: 422, title: "This cannot be done", says: error.message)
        }
    }

    private func simplePage(
        _ visit: Visit,
        status: Int,
        title: String,
        says: String
    ) -> Response {
        var response = visit.page(title) {
            h1 { title }
            p { says }
            p { a(.href("/")) { "Go to the start page" } }
        }
        response.status = status
        return response
    }
}
