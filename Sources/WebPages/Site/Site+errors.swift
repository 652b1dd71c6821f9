import Application
import HTML
import SQL
import Store
import Web

extension Site {
    /// What an error looks like to whoever asked; the rest is for the operator.
    func errorPage(_ error: any Error, _ visit: Visit) -> Response {
        let say = visit.phrases
        switch error {
        case let error as ServiceError:
            if let context = error.context { report(context) }
            return page(for: error, visit)
        case let error as TooManyRequests:
            var response = simplePage(
                visit,
                status: 429,
                title: say("Please wait a moment"),
                says: error.seconds == 1
                    ? say(
                        "A lot was sent to this page from where you are. Nothing was saved. "
                            + "Wait 1 second, go back and try again."
                    )
                    : say(
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
                title: say("Sorry, something went wrong"),
                says: isUnknown(error)
                    ? say(
                        "It may have been saved: look before you send it again. If you are not "
                            + "sure, tell whoever runs this service, with the code {code}.",
                        ["code": String(reference)]
                    )
                    : say(
                        "Nothing was saved. Try again in a minute. If it goes on, tell whoever "
                            + "runs this service, with the code {code}.",
                        ["code": String(reference)]
                    )
            )
        }
    }

    /// Whether the database was told to keep it, and its answer never came.
    private func isUnknown(_ error: any Error) -> Bool {
        (error as? SQLError)?.kind == .unknownOutcome
    }

    private func page(for error: ServiceError, _ visit: Visit) -> Response {
        let say = visit.phrases
        switch error.code {
        case "signed-out": return .redirect(to: Places.signIn)
        case "busy":
            var response = simplePage(
                visit,
                status: 503,
                title: say("Try again soon"),
                says: say("Many people sign in just now. Wait some seconds, then try again.")
            )
            response.headers.append(("Retry-After", "5"))
            return response
        case "form-not-ours":
            return simplePage(
                visit,
                status: 403,
                title: say("You cannot do this"),
                says: say(
                    "This form was not opened in this browser, or is too old. "
                        + "Open the page again and send it once more."
                )
            )
        default: break
        }
        // Most messages are for those who work here; in another language they are shown in English.
        let (status, title, says) =
            switch error.kind {
            case .notFound:
                (
                    404, say("Page not found"),
                    say("There is no such page, or it is not yours to see.")
                )
            case .forbidden: (403, say("You cannot do this"), say(error.message))
            case .conflict: (409, say("This has changed"), say(error.message))
            case .refused, .faults, .invalid:
                (422, say("This cannot be done"), say(error.message))
            }
        return simplePage(visit, status: status, title: title, says: says)
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
            p { a(.href("/")) { visit.phrases("Go to the start page") } }
        }
        response.status = status
        return response
    }
}
