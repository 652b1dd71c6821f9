import Kernel

/// What is wrong with a scope that has a search in it; nil when nothing is.
package typealias ScopeProblem = @Sendable (ClientScope) -> Fault?

/// What a client's token is good for, beside what its roles allow.
///
/// A scope never gives more than the roles: it only narrows what one token can be used for. The
/// words are SMART App Launch 2.2's for FHIR, in its first and second spelling, and two of our own.
package struct ClientScope: Sendable, Hashable {
    /// Reading by the JSON API.
    package static let read = "api/read"
    /// Changing by the JSON API; reading is not in it.
    package static let write = "api/write"

    /// As it was written.
    package var text: String
    /// `Task`, or `*` for every kind of resource; nil for a scope of the JSON API.
    package var resource: String?
    /// Of create, read, update, delete and search, those it is for: letters of `cruds`.
    package var letters: String
    /// Only resources that this search finds (SMART App Launch 2.2, 3.0.2.3): `category=survey`.
    package var constraint: String?

    /// Reads one scope; nil when it is none that a program of its own accord can have.
    package init?(_ text: String) {
        self.text = text
        if text == Self.read || text == Self.write {
            letters = text == Self.read ? "rs" : "cud"
            return
        }
        let beginning = "system/"
        guard text.hasPrefix(beginning) else { return nil }
        let parts = text.dropFirst(beginning.count)
            .split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let halves = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count == 2, Self.isResource(halves[0]) else { return nil }
        resource = String(halves[0])
        if parts.count == 2 {
            // What is told is judged by rules, and by no search; so it narrows reading alone.
            guard resource != "*", parts[1].contains("="), parts[1].utf8.count <= 500,
                let letters = Self.letters(halves[1]), letters.allSatisfy({ "rs".contains($0) })
            else { return nil }
            (self.letters, constraint) = (letters, String(parts[1]))
            return
        }
        switch halves[1] {
        case "read": letters = "rs"
        case "write": letters = "cud"
        case "*": letters = "cruds"
        default:
            // The letters stand in this order, each once (SMART App Launch 2.2, 3.0.2.2).
            guard let letters = Self.letters(halves[1]) else { return nil }
            self.letters = letters
        }
    }

    fileprivate func isFor(_ letter: Character, _ kind: String) -> Bool {
        (resource == kind || resource == "*") && letters.contains(letter)
    }

    private static func isResource(_ text: Substring) -> Bool {
        if text == "*" { return true }
        guard let first = text.utf8.first, (0x41...0x5A).contains(first) else { return false }
        return text.utf8.count <= 64 && text.allSatisfy { $0.isASCII && $0.isLetter }
    }

    private static func letters(_ text: Substring) -> String? {
        var rest = Substring("cruds")
        for letter in text {
            guard let place = rest.firstIndex(of: letter) else { return nil }
            rest = rest[rest.index(after: place)...]
        }
        return text.isEmpty ? nil : String(text)
    }
}

/// The scopes of a client or of one of its tokens.
package struct ClientScopes: Sendable, Hashable {
    package var scopes: [ClientScope]

    package init(_ scopes: [ClientScope]) { self.scopes = scopes }

    /// Reads scopes with spaces between; what is no scope of ours is left out.
    package init(_ text: String) {
        scopes = text.split(separator: " ").compactMap { ClientScope(String($0)) }
    }

    /// As they are kept and sent.
    package var text: String { scopes.map(\.text).joined(separator: " ") }

    /// Whether the JSON API may be read, or changed.
    package func allows(_ scope: String) -> Bool {
        scopes.contains { $0.resource == nil && $0.text == scope }
    }

    /// Whether something may be done with a kind of FHIR resource: one letter of `cruds`.
    ///
    /// Which of them may be limited by `constraints`.
    package func allows(_ letter: Character, on resource: String) -> Bool {
        scopes.contains { $0.isFor(letter, resource) }
    }

    /// Whether it may be done with each resource of a kind.
    package func allowsEach(_ letter: Character, on resource: String) -> Bool {
        scopes.contains { $0.constraint == nil && $0.isFor(letter, resource) }
    }

    /// Whether any scope is for some resources of its kind alone.
    package var areConstrained: Bool { scopes.contains { $0.constraint != nil } }

    /// Searches of which one must find a resource of a kind, so that it may be seen; nil where
    /// each of them may.
    package func constraints(on resource: String) -> [String]? {
        if allowsEach("r", on: resource) || allowsEach("s", on: resource) { return nil }
        let found = scopes.filter { $0.resource == resource }.compactMap(\.constraint)
        return found.isEmpty ? nil : found
    }

    /// Whether all that a scope is for is in these.
    package func cover(_ scope: ClientScope) -> Bool {
        guard let resource = scope.resource else { return allows(scope.text) }
        return scope.letters.allSatisfy { letter in
            allowsEach(letter, on: resource)
                || scope.constraint != nil
                    && scopes.contains {
                        $0.constraint == scope.constraint && $0.isFor(letter, resource)
                    }
        }
    }

    /// Of the scopes that were asked for, those that these cover.
    package func granting(_ asked: ClientScopes) -> ClientScopes {
        ClientScopes(asked.scopes.filter(cover))
    }
}
