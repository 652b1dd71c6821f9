import CCurl
import Crypto
import Foundation
import Kernel

/// GOV.UK Notify, which sends emails and text messages.
package struct Notify: Sendable {
    package enum Kind: String, Sendable {
        case email
        case sms
    }

    private let base: String
    private let service: String
    private let secret: String
    private let now: @Sendable () -> Instant

    /// - Parameters:
    ///   - key: an API key: a name, then the service's id and the secret, both UUIDs.
    ///   - base: where it is.
    /// - Returns: nil when the key is not of that form.
    package init?(
        key: String,
        base: String = "https://api.notifications.service.gov.uk",
        now: @escaping @Sendable () -> Instant
    ) {
        let (uuid, both) = (36, 73)
        guard key.utf8.count >= both, key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return nil
        }
        let ids = key.suffix(both)
        service = String(ids.prefix(uuid))
        secret = String(ids.suffix(uuid))
        guard UUID(uuidString: service) != nil, UUID(uuidString: secret) != nil else { return nil }
        self.base = base
        self.now = now
    }

    /// Hands a message over, to be put into a template of ours there.
    ///
    /// - Parameter values: what fills the template's blanks.
    /// - Throws: `MessengerFailure`.
    package func send(
        _ kind: Kind,
        to address: String,
        template: String,
        values: [(String, String)],
        reference: String
    ) async throws {
        var body = JSONWriter()
        body.beginObject()
        body.key(kind == .email ? "email_address" : "phone_number")
        body.string(address)
        body.key("template_id")
        body.string(template)
        body.key("personalisation")
        body.beginObject()
        for (name, value) in values {
            body.key(name)
            body.string(value)
        }
        body.endObject()
        body.key("reference")
        body.string(reference)
        body.endObject()
        let (url, token, text) = ("\(base)/v2/notifications/\(kind.rawValue)", token(), body.text)
        let (status, said) = try await CurlThread.shared.run {
            try Self.post(text, to: url, token: token)
        }
        switch status {
        case 200..<300: return
        // A template that is not there or wants other blanks, or a key that is not for everybody,
        // is ours to mend.
        case 400 where Self.isOfSettings(said):
            throw MessengerFailure(
                kind: .settings,
                context: "Notify said 400 to our template or key"
            )
        case 400: throw MessengerFailure(kind: .refused, context: "Notify said 400")
        case 401, 403:
            throw MessengerFailure(
                kind: .settings,
                context: "Notify said \(status) to our key",
                isAtDoor: true
            )
        default: throw MessengerFailure(kind: .busy, context: "Notify said \(status)")
        }
    }

    private static func post(
        _ text: String,
        to url: String,
        token: String
    ) throws(MessengerFailure) -> (status: Int, said: String) {
        let transfer = try CurlTransfer(url, protocols: "http,https")
        let headers = CurlLines([
            "Authorization: Bearer \(token)", "Content-Type: application/json",
            "User-Agent: goodwork",
        ])
        _ = gw_set_list(transfer.raw, CURLOPT_HTTPHEADER, headers.list)
        transfer.long(CURLOPT_POSTFIELDSIZE, text.utf8.count)
        transfer.text(CURLOPT_COPYPOSTFIELDS, text)
        let answer = Answer()
        let place = Unmanaged.passUnretained(answer).toOpaque()
        _ = gw_set_pointer(transfer.raw, CURLOPT_WRITEDATA, place)
        _ = gw_set_writer(transfer.raw) { bytes, size, count, place in
            if let bytes, let place {
                let answer = Unmanaged<Answer>.fromOpaque(place).takeUnretainedValue()
                answer.add(UnsafeRawBufferPointer(start: bytes, count: size * count))
            }
            return size * count
        }
        let status = try transfer.perform()
        return (status, withExtendedLifetime(answer) { answer.text })
    }

    /// The beginning of what was answered.
    ///
    /// It repeats the message, so it is read only where it is a refusal, and goes into no log.
    private final class Answer {
        private var bytes: [UInt8] = []

        func add(_ more: UnsafeRawBufferPointer) {
            bytes += more.prefix(max(0, 4_096 - bytes.count))
        }

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// What Notify says of what we have set up there: the template, the blanks that it has, the
    /// key, the service.
    private static let ofSettings = [
        "template", "missing personalisation", "team-only api key", "trial mode",
        "service is not allowed",
    ]

    /// Whether a refusal is of what we have set up there.
    private static func isOfSettings(_ said: String) -> Bool {
        guard let json = try? JSONValue(parsing: said) else { return false }
        return (json["errors"]?.array ?? []).contains { error in
            let words = error["message"]?.string?.lowercased() ?? ""
            return ofSettings.contains { words.contains($0) }
        }
    }

    /// Who we are: a JSON Web Token signed with the secret (RFC 7519, HS256), good for 30 seconds.
    private func token() -> String {
        func part(_ bytes: some Sequence<UInt8>) -> String {
            Data(bytes).base64EncodedString().replacing("+", with: "-")
                .replacing("/", with: "_").replacing("=", with: "")
        }
        let seconds = now().milliseconds / 1000
        let head = part(#"{"typ":"JWT","alg":"HS256"}"#.utf8)
        let claims = part(#"{"iss":"\#(service)","iat":\#(seconds)}"#.utf8)
        let signed = "\(head).\(claims)"
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(signed.utf8),
            using: SymmetricKey(data: Data(secret.utf8))
        )
        return "\(signed).\(part(code))"
    }
}
