import Web

/// Too much came from one address to one public form.
struct TooManyRequests: Error {
    /// How long to wait.
    var seconds: Int
}

extension PageRoute {
    /// The name under which what comes here is counted; nil where it is not.
    ///
    /// Counted is every form that anybody may send, every page that a secret in its address opens,
    /// and what makes us ask an issuer. All steps of one form have one count.
    package var counted: String? {
        let isCounted =
            method == .post || pattern.contains("/:token") || pattern.hasPrefix("/sign-in/openid")
        guard self.guard == .anyone, isCounted else { return nil }
        return pattern.split(separator: "/").first.map(String.init)
    }
}
