import Crypto
import Kernel
import Store

/// What a signed link lets its holder do, without signing in, until it expires.
package struct SignedLink: Sendable, Hashable {
    package enum Purpose: String, Sendable, CaseIterable {
        /// The referrer sees where a case stands, and nothing else.
        case status
        /// The person answers a follow-up or the satisfaction question.
        case answer
        /// The person makes the account in which they read their plan and what is held about them.
        case record
        /// The person gives that account a new password.
        case password
        /// The person is let in again: the account has a new password, no second factor, and is
        /// shut out no longer.
        case entry
    }

    package var purpose: Purpose
    package var caseID: CaseID
    package var expiresAt: Instant

    package init(purpose: Purpose, caseID: CaseID, expiresAt: Instant) {
        self.purpose = purpose
        self.caseID = caseID
        self.expiresAt = expiresAt
    }
}

extension Goodwork {
    /// A link's token: what it is for, the case and the expiry, with a keyed code over them.
    package func token(for link: SignedLink) -> String {
        let text = "\(link.purpose.rawValue).\(link.caseID.text).\(link.expiresAt.milliseconds)"
        return text + "." + Base64URL.text(store.vault.sign(Array(text.utf8), for: "link"))
    }

    /// The link that a token is of; nil when it was not made here, was changed, or is too old.
    package func link(_ token: String) -> SignedLink? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let purpose = SignedLink.Purpose(rawValue: parts[0]),
            let id = CaseID(parts[1]), let expiry = Int64(parts[2])
        else { return nil }
        let link = SignedLink(
            purpose: purpose,
            caseID: id,
            expiresAt: Instant(milliseconds: expiry)
        )
        guard self.token(for: link).isSameInConstantTime(as: token), now() < link.expiresAt else {
            return nil
        }
        return link
    }

    /// The value that must come back with every form of a browser.
    package func csrf(of cookie: String) -> String {
        Base64URL.text(store.vault.sign(Array(cookie.utf8), for: "csrf"))
    }

    /// Whether a form came from a page of the browser, told in the same time either way.
    ///
    /// - Parameter expected: what the pages of its cookie hold.
    package func accepts(csrf given: String, where expected: String) -> Bool {
        given.isSameInConstantTime(as: expected)
    }
}

extension String {
    /// Compares without telling by the time taken where they differ.
    func isSameInConstantTime(as other: String) -> Bool {
        let (one, two) = (Array(utf8), Array(other.utf8))
        guard one.count == two.count else { return false }
        var difference: UInt8 = 0
        for index in one.indices { difference |= one[index] ^ two[index] }
        return difference == 0
    }
}
