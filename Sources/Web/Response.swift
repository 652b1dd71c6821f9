import HTML

/// What a browser is answered.
package struct Response: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(
        status: Int = 200,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A page.
    package init(page: HTML, status: Int = 200) {
        self.init(
            status: status,
            headers: [("Content-Type", "text/html; charset=utf-8")],
            body: page.document
        )
    }

    /// Sends the browser to another page of ours, with GET: 303 See Other (RFC 9110, 15.4.4).
    package static func redirect(to path: String) -> Response {
        let isOurs = path.hasPrefix("/") && !path.hasPrefix("//") && !path.contains("\\")
        let safe = isOurs && path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return Response(status: 303, headers: [("Location", safe ? path : "/")])
    }

    /// A file to be kept.
    package static func file(_ body: [UInt8], name: String, type: String) -> Response {
        let plain = String(
            name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
        )
        return Response(
            headers: [
                ("Content-Type", type),
                ("Content-Disposition", "attachment; filename=\"\(plain)\""),
            ],
            body: body
        )
    }

    package subscript(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Sets a cookie that scripts cannot read and other sites cannot send (RFC 6265bis).
    package mutating func setCookie(
        _ name: String,
        _ value: String,
        maxAgeSeconds: Int? = nil,
        isSecure: Bool
    ) {
        var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax"
        if let maxAgeSeconds { text += "; Max-Age=\(maxAgeSeconds)" }
        if isSecure { text += "; Secure" }
        headers.append(("Set-Cookie", text))
    }
}
