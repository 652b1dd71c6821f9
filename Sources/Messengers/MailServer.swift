import CCurl
import Foundation

/// A mail server that takes messages (RFC 5321), through libcurl.
package struct MailServer: Sendable {
    /// `smtp://user:password@host:587` or `smtps://…`.
    private let url: String
    /// Whom messages are from: an address.
    private let from: String
    /// Whether what is said may go without TLS: nobody but this machine hears it.
    let isPlainAllowed: Bool

    /// - Parameters:
    ///   - url: where it is. `smtp` begins in clear and must turn to TLS, but on this machine.
    ///   - from: the sender's address.
    /// - Returns: nil when either is not one.
    package init?(url: String, from: String) {
        guard let range = url.range(of: "://"), Mail.isAddress(from) else { return nil }
        let scheme = url[..<range.lowerBound]
        guard scheme == "smtp" || scheme == "smtps" else { return nil }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let host = Self.host(of: url[range.upperBound...].prefix { !"/?#".contains($0) })
        else { return nil }
        self.url = url
        self.from = from
        isPlainAllowed = ["127.0.0.1", "localhost", "[::1]"].contains(host)
    }

    /// The host of `user:password@host:port`.
    ///
    /// - Returns: nil when it is not of that form; an `@` of a password must be written `%40`.
    private static func host(of authority: Substring) -> String? {
        let parts = authority.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count <= 2, let place = parts.last else { return nil }
        let end =
            place.hasPrefix("[")
            ? place.firstIndex(of: "]").map { place.index(after: $0) }
            : place.firstIndex(of: ":") ?? place.endIndex
        guard let end, end > place.startIndex else { return nil }
        let port = place[end...]
        guard port.isEmpty || port.first == ":" && UInt16(port.dropFirst()) != nil else {
            return nil
        }
        return place[..<end].lowercased()
    }

    /// Hands a message over.
    ///
    /// - Returns: once the server has taken it.
    /// - Throws: `MessengerFailure`.
    package func send(_ mail: Mail) async throws {
        guard Mail.isAddress(mail.to) else {
            throw MessengerFailure(kind: .refused, context: "the address is not one")
        }
        try await CurlThread.shared.run { try transfer(mail) }
    }

    private func transfer(_ mail: Mail) throws(MessengerFailure) {
        let transfer = try CurlTransfer(url, protocols: "smtp,smtps")
        if !isPlainAllowed { transfer.long(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
        transfer.text(CURLOPT_MAIL_FROM, "<\(from)>")
        let recipients = CurlLines(["<\(mail.to)>"])
        _ = gw_set_list(transfer.raw, CURLOPT_MAIL_RCPT, recipients.list)
        let headers = CurlLines(mail.headers(from: from))
        _ = gw_set_list(transfer.raw, CURLOPT_HTTPHEADER, headers.list)
        let mime = curl_mime_init(transfer.raw)
        defer { curl_mime_free(mime) }
        let part = curl_mime_addpart(mime)
        curl_mime_type(part, "text/plain; charset=utf-8")
        curl_mime_encoder(part, "quoted-printable")
        curl_mime_data(part, mail.text, mail.text.utf8.count)
        _ = gw_set_mime(transfer.raw, mime)
        transfer.listen(for: "RCPT TO:")
        let status = try transfer.perform()
        if status < 400 { return }
        throw MessengerFailure(
            kind: Self.kind(of: status, isRecipientNamed: transfer.isSaid),
            context: "the mail server said \(status)",
            isAtDoor: !transfer.isSaid
        )
    }

    /// Why a mail server refuses (RFC 5321, 4.2.1: 4yz may be tried again, 5yz not).
    ///
    /// Before it has heard whom a message is for, it refuses us: our place, password or sender.
    private static func kind(
        of status: Int,
        isRecipientNamed: Bool
    ) -> MessengerFailure.Kind {
        switch status {
        case ..<500: .busy
        case 530, 534, 535, 538: .settings
        default: isRecipientNamed ? .refused : .settings
        }
    }
}
