import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import OpenID

/// A person at a browser, who signs in at canaille's pages.
struct Browser {
    private static let http = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: .init(redirectConfiguration: .disallow)
    )

    private var cookies: [String: String] = [:]

    /// Goes to an address and does what each page asks, until sent back to the redirect address;
    /// answers the query that it was sent back with.
    mutating func signIn(
        at url: String,
        as user: String = "asha",
        consent: String = "accept"
    ) async throws -> [String: String] {
        var place = try #require(URL(string: url))
        var form: [(String, String)]?
        for _ in 0..<12 {
            let (next, page) = try await visit(place, form)
            form = nil
            if let next {
                place = next
                if next.absoluteString.hasPrefix(TemporaryIdentityProvider.redirectURI) {
                    let items = URLComponents(url: next, resolvingAgainstBaseURL: true)?.queryItems
                    let pairs = (items ?? []).map { ($0.name, $0.value ?? "") }
                    return Dictionary(pairs) { first, _ in first }
                }
                continue
            }
            form = [("csrf_token", Self.value(of: "csrf_token", in: page))]
            if page.contains(#"value="accept""#) {
                form?.append(("answer", consent))
            } else if page.contains(#"name="password""#) {
                form?.append(("password", "a long enough password"))
            } else {
                try #require(page.contains(#"name="login""#), "a page to sign in: \(page)")
                form?.append(("login", user))
            }
        }
        throw TemporaryIdentityProvider.Unavailable(description: "the pages have no end")
    }

    /// One request: where it sends us on to, or the page.
    private mutating func visit(
        _ place: URL,
        _ form: [(String, String)]?
    ) async throws -> (URL?, String) {
        var request = HTTPClientRequest(url: place.absoluteString)
        if let form {
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
            request.body = .bytes(ByteBuffer(string: FormText.encode(form)))
        }
        let kept = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        if !kept.isEmpty { request.headers.add(name: "Cookie", value: kept) }
        let response = try await Self.http.execute(request, timeout: .seconds(60))
        for cookie in response.headers["Set-Cookie"] {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
        }
        let page = String(buffer: try await response.body.collect(upTo: 1_000_000))
        guard let location = response.headers.first(name: "Location") else {
            try #require(response.status == .ok, "\(place): \(response.status)")
            return (nil, page)
        }
        return (URL(string: location, relativeTo: place)?.absoluteURL, page)
    }

    /// The value of a hidden field.
    private static func value(of name: String, in page: String) -> String {
        guard let field = page.range(of: #"name="\#(name)""#),
            let value = page[field.upperBound...].range(of: #"value=""#)
        else { return "" }
        return String(page[value.upperBound...].prefix { $0 != "\"" })
    }
}
