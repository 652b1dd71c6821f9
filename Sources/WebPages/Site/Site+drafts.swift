import Application
import Kernel
import Web

/// What becomes of a form when its session is over: nothing of it is done, and nothing is lost.
extension Site {
    /// Stands in a draft that a session's end made, and in no other.
    private static let keptMark = "_kept"
    private static let draftSeconds = 86_400
    /// How long where nobody knows whose it is: a colleague may sign in next.
    private static let unownedSeconds = 900

    /// Sends the visitor to sign in, and keeps what they typed.
    func askToSignIn(_ visit: Visit, _ state: VisitorState) async throws -> Response {
        switch state {
        case .halfway(let path): return .redirect(to: path)
        case .ended(let account): return try await askToSignIn(visit, keepingFor: account)
        case .none, .signedIn: return Self.toSignIn(visit)
        }
    }

    /// A form whose token is not of this session: it was opened before somebody signed out, or
    /// signed in again, in another tab.
    ///
    /// What was typed comes back once the visitor is signed in, to be looked over and sent again.
    /// A browser says itself where a form comes from (Fetch Metadata), so no other site can fill
    /// one in.
    func answerOldForm(
        of route: PageRoute,
        _ visit: inout Visit,
        _ state: VisitorState
    ) async throws -> Response {
        guard visit.request.headers["sec-fetch-site"] == "same-origin", route.guard != .anyone,
            case .entry(let page, let parameters) = table.find(.get, visit.request.path)
        else {
            throw ServiceError(
                .forbidden,
                code: "form-not-ours",
                "This form was not opened in this browser, or is too old. "
                    + "Open the page again and send it once more."
            )
        }
        guard visit.visitor != nil else {
            if case .halfway = state { return try await askToSignIn(visit, state) }
            if let seconds = limiter?.take("draft", from: visit.request.remote, at: visit.now) {
                throw TooManyRequests(seconds: seconds)
            }
            return try await askToSignIn(visit, keepingFor: nil)
        }
        visit.typed = visit.request.form.without(prefix: "_")
        visit.isKept = true
        visit.request.method = .get
        visit.request.form = Form()
        visit.request.parameters = parameters
        try await open(page, &visit)
        return try await page.handle(visit)
    }

    private static func toSignIn(_ visit: Visit) -> Response {
        var back = visit.request.path
        if !visit.request.query.isEmpty {
            back += "?" + URLEncoding.encode(visit.request.query)
        }
        return .redirect(to: "/sign-in?then=\(URLEncoding.encode(back))")
    }

    /// - Parameter account: who may take it; nil for whoever signs in in this browser.
    private func askToSignIn(_ visit: Visit, keepingFor account: String?) async throws -> Response {
        var response = Self.toSignIn(visit)
        guard visit.request.method == .post else { return response }
        let token = Tokens.make()
        var typed = visit.request.form.without(prefix: "_")
        typed.add(Self.keptMark, "yes")
        try await goodwork.keepDraft(
            URLEncoding.encode(typed),
            of: account,
            path: visit.request.path,
            token: token
        )
        response.setCookie(
            Self.draftCookie,
            token,
            maxAgeSeconds: account == nil ? Self.unownedSeconds : Self.draftSeconds,
            isSecure: settings.isSecure
        )
        return response
    }

    /// Puts what was typed before the session ended back into its form.
    func takeDraft(_ visit: inout Visit) async throws {
        guard let token = visit.request.cookie(Self.draftCookie), visit.visitor != nil else {
            return
        }
        let draft = try await goodwork.takeDraft(
            token: token,
            of: visit.actor.user,
            path: visit.request.path
        )
        guard let draft else { return }
        let typed = URLEncoding.decode(draft.utf8) ?? Form()
        visit.isKept = typed[Self.keptMark] != nil
        visit.typed = typed.without(prefix: "_")
    }
}
