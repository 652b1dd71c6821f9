import Application
import Kernel
import Programmes
import Web

extension Visit {
    /// Names the browser's unfinished self-referral, and for a week the one that it sent.
    static let selfCookie = "gw_self"
    private static let keptSeconds = 7 * 86_400

    /// The token under which this browser's self-referral is kept.
    private var selfToken: String? { request.cookie(Self.selfCookie) }

    /// What was answered so far; nil when nothing is kept.
    func keptSelfAnswers() async throws -> SelfAnswers? {
        guard let token = selfToken,
            let kept = try await goodwork.draft(token: token, of: nil, path: SelfAnswers.path)
        else { return nil }
        return try await selfAnswers(URLEncoding.decode(kept.utf8))
    }

    /// What was answered so far, or none yet.
    func someSelfAnswers() async throws -> SelfAnswers {
        if let kept = try await keptSelfAnswers() { return kept }
        return try await selfAnswers()
    }

    /// The answers of a form that was kept, or none yet.
    func selfAnswers(_ form: Form? = nil) async throws -> SelfAnswers {
        SelfAnswers(
            form,
            programmes: try await goodwork.selfReferralProgrammes(on: today),
            today: today,
            made: Tokens.make
        )
    }

    /// Keeps the answers, sealed, and goes on to another page.
    func keep(_ answers: SelfAnswers, thenTo path: String) async throws -> Response {
        // A token under which something was sent is not used again for another form.
        let isNew = try await keptSelfAnswers() == nil
        let token = isNew ? Tokens.make() : selfToken ?? Tokens.make()
        try await goodwork.keepDraft(
            URLEncoding.encode(answers.form),
            of: nil,
            path: SelfAnswers.path,
            token: token
        )
        return redirect(to: path, keeping: token)
    }

    /// What this browser sent last; nil when it has sent nothing for a week.
    func sentSelfReferral() async throws -> SentSelfReferral? {
        guard let token = selfToken,
            let kept = try await goodwork.draft(token: token, of: nil, path: SelfSent.path),
            let form = URLEncoding.decode(kept.utf8)
        else { return nil }
        return SelfSent.read(form)
    }

    /// Keeps what was sent in the place of its answers, and shows what happens next.
    func keep(_ sent: SentSelfReferral) async throws -> Response {
        let token = selfToken ?? Tokens.make()
        try await goodwork.keepDraft(
            URLEncoding.encode(SelfSent.form(sent)),
            of: nil,
            path: SelfSent.path,
            token: token
        )
        return redirect(to: SelfSent.path, keeping: token)
    }

    /// Forgets what this browser typed or sent.
    func forgetSelfReferral(thenTo path: String) async throws -> Response {
        if let token = selfToken { try await goodwork.dropDraft(token: token) }
        var response = Response.redirect(to: path)
        response.setCookie(
            Self.selfCookie,
            "gone",
            maxAgeSeconds: 0,
            isSecure: site.settings.isSecure
        )
        return response
    }

    private func redirect(to path: String, keeping token: String) -> Response {
        var response = Response.redirect(to: path)
        response.setCookie(
            Self.selfCookie,
            token,
            maxAgeSeconds: Self.keptSeconds,
            isSecure: site.settings.isSecure
        )
        return response
    }
}

/// What was sent, as it is kept for the confirmation.
enum SelfSent {
    static let path = "\(SelfAnswers.path)/sent"

    static func form(_ sent: SentSelfReferral) -> Form {
        var form = Form()
        form.set("case", sent.caseID.text)
        form.set("reference", sent.reference)
        form.set("programme", sent.programme)
        form.set("provider", sent.provider)
        form.set("by", sent.contactBy.iso)
        form.set("at", "\(sent.sentAt.milliseconds)")
        return form
    }

    static func read(_ form: Form) -> SentSelfReferral? {
        guard let id = form["case"].flatMap({ CaseID($0) }), let reference = form["reference"],
            let programme = form["programme"],
            let by = form["by"].flatMap({ CivilDate(iso: $0) }),
            let at = form["at"].flatMap({ Int64($0) })
        else { return nil }
        return SentSelfReferral(
            caseID: id,
            reference: reference,
            programme: programme,
            provider: form["provider"],
            contactBy: by,
            sentAt: Instant(milliseconds: at)
        )
    }
}
