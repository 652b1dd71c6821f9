/// What a browser or a program asks.
package struct Request: Sendable {
    package enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
        /// What a browser asks before a page of another site may ask (Fetch, 3.2.2).
        case options = "OPTIONS"
    }

    package var method: Method
    /// The path without the query, its escapes still in it.
    package var path: String
    package var query: Form
    /// What a form brought; blank when the body is none.
    package var form: Form
    /// The body as it came.
    package var body: [UInt8]
    /// Names in small letters.
    package var headers: [String: String]
    /// The address that asks, as the proxy in front tells it or as it connected.
    package var remote: String
    /// What the route's pattern found in the path, such as `case`.
    package var parameters: [String: String] = [:]

    package init(
        _ method: Method,
        _ path: String,
        query: Form = Form(),
        form: Form = Form(),
        body: [UInt8] = [],
        headers: [String: String] = [:],
        remote: String = "127.0.0.1"
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.form = form
        self.body = body
        self.headers = headers
        self.remote = remote
    }

    /// A cookie that came with it (RFC 6265, 5.4).
    package func cookie(_ name: String) -> String? {
        guard var cookies = headers["cookie"] else { return nil }
        return cookies.withUTF8 { bytes in
            for pair in bytes.split(separator: 0x3B) {
                guard let start = pair.firstIndex(where: { $0 != 0x20 }),
                    let middle = pair[start...].firstIndex(of: 0x3D),
                    pair[start..<middle].elementsEqual(name.utf8)
                else { continue }
                return String(decoding: pair[(middle + 1)...], as: UTF8.self).trimmed
            }
            return nil
        }
    }
}
