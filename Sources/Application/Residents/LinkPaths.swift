/// Where the links lead that are sent to people, below the installation's address.
package enum LinkPaths {
    /// A question that is answered without signing in.
    package static func answer(_ token: String, _ question: LinkQuestion) -> String {
        "/answer/\(token)/\(question.rawValue)"
    }

    /// An invitation to an account.
    package static func invitation(_ token: String) -> String { "/invitation/\(token)" }
}
