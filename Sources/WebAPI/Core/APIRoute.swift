import Application
import Kernel
import Web

/// Who a way in is for.
package enum APIGuard: Sendable, Hashable {
    /// Anybody, with a token or without.
    case anyone
    /// Whoever may do this; it is not about one case.
    case action(Action)
    /// Whoever may do this to the case that `:case` in the path names.
    case onCase(Action)
}

/// One thing that can be asked: every way in is one of these, and each stands in the document.
package struct APIRoute: Sendable {
    package typealias Handler = @Sendable (Call) async throws -> Response

    /// A value of the query.
    package struct Parameter: Sendable {
        var name: String
        var schema: Schema
    }

    /// An answer that is given when all goes well.
    package struct Answer: Sendable {
        package var status: Int
        package var says: String
        /// Nil where there is no body.
        package var schema: Schema?
        package var type = "application/json"
    }

    package var method: Request.Method
    package var pattern: String
    /// Its name for programs: `readCase`.
    package var name: String
    package var summary: String
    package var tag: String
    package var `guard`: APIGuard
    /// The scope that the token must have.
    package var scope: String?
    package var parameters: [Parameter] = []
    package var body: Schema?
    /// The fields of a form, where a standard wants one instead of JSON.
    package var form: Schema?
    package var answers: [Answer]
    /// Statuses of problems beside those that follow from the rest.
    package var problems: Set<Int> = []
    /// Whether `If-Match` is heeded: a change of something that has versions.
    package var hasVersion = false
    /// Whether `Idempotency-Key` is heeded.
    package var isIdempotent = false
    package var handle: Handler

    package init(
        _ method: Request.Method,
        _ pattern: String,
        _ name: String,
        _ summary: String,
        tag: String,
        _ `guard`: APIGuard,
        scope: String? = nil,
        answers: [Answer],
        handle: @escaping Handler
    ) {
        self.method = method
        self.pattern = pattern
        self.name = name
        self.summary = summary
        self.tag = tag
        self.guard = `guard`
        let usual = method == .get ? ClientScope.read : ClientScope.write
        self.scope = `guard` == .anyone ? nil : scope ?? usual
        self.answers = answers
        self.handle = handle
    }

    /// A way to read something.
    package static func get(
        _ pattern: String,
        _ name: String,
        _ summary: String,
        tag: String,
        _ `guard`: APIGuard,
        _ parameters: [Parameter] = [],
        says: String = "What was asked for.",
        answer: Schema,
        _ handle: @escaping Handler
    ) -> APIRoute {
        var route = APIRoute(
            .get,
            pattern,
            name,
            summary,
            tag: tag,
            `guard`,
            answers: [Answer(status: 200, says: says, schema: answer)],
            handle: handle
        )
        route.parameters = parameters
        return route
    }

    /// A way to have something done.
    package static func post(
        _ pattern: String,
        _ name: String,
        _ summary: String,
        tag: String,
        _ `guard`: APIGuard,
        scope: String = ClientScope.write,
        body: Schema,
        status: Int = 200,
        says: String = "It was done.",
        answer: Schema?,
        _ handle: @escaping Handler
    ) -> APIRoute {
        var route = APIRoute(
            .post,
            pattern,
            name,
            summary,
            tag: tag,
            `guard`,
            scope: scope,
            answers: [Answer(status: status, says: says, schema: answer)],
            handle: handle
        )
        route.body = body
        return route
    }

    /// The same, heeding the version that a change is made on, and a key by which it is known.
    package func changing(version: Bool = false, idempotent: Bool = true) -> APIRoute {
        var route = self
        route.hasVersion = version
        route.isIdempotent = idempotent
        return route
    }

    /// The same with another status of a problem.
    package func mayAnswer(_ statuses: Int...) -> APIRoute {
        var route = self
        route.problems.formUnion(statuses)
        return route
    }

    /// The names of what stands in its path.
    package var pathParameters: [String] {
        pattern.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) }
    }

    /// Every status of a problem that it can answer with.
    package var problemStatuses: [Int] {
        var statuses: Set<Int> = problems.union([406, 429])
        if self.guard != .anyone { statuses.formUnion([401, 403]) }
        if !pathParameters.isEmpty { statuses.insert(404) }
        if !parameters.isEmpty || isIdempotent || hasVersion { statuses.insert(400) }
        if body != nil { statuses.formUnion([400, 413, 415, 422]) }
        if method != .get { statuses.formUnion([409, 422]) }
        if hasVersion { statuses.insert(412) }
        if form != nil { statuses.insert(400) }
        return statuses.subtracting(answers.map(\.status)).sorted()
    }
}
