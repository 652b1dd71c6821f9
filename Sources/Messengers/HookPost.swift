import CCurl
import Foundation
import Kernel

/// Posts to an address that somebody else chose, and never into a private network.
///
/// The name is looked up once, every address that it has is checked, and the connection goes to
/// those: a name that is looked up again may lead elsewhere.
package struct HookPost: Sendable {
    private let allowed: [IPRange]

    /// - Parameter allowed: what may be private all the same.
    package init(allowing allowed: [IPRange] = []) { self.allowed = allowed }

    /// Hands a body over.
    ///
    /// - Parameters:
    ///   - url: `https`; `http` too where it leads to nothing but what was allowed.
    ///   - headers: as they stand in the request, `Name: value`.
    /// - Returns: the status that was answered; the body of the answer is not read.
    /// - Throws: `MessengerFailure`; `refused` where it may not be posted there.
    package func send(
        _ body: [UInt8],
        to url: String,
        headers: [String]
    ) async throws -> Int {
        // One slow receiver holds up those that share its thread, and nobody else.
        try await CurlThread.forHooks(url).run { try transfer(body, url, headers) }
    }

    private func transfer(
        _ body: [UInt8],
        _ url: String,
        _ headers: [String]
    ) throws(MessengerFailure) -> Int {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let parts = URLComponents(string: url),
            let scheme = parts.scheme?.lowercased(), let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil, scheme == "https" || scheme == "http"
        else { throw MessengerFailure(kind: .refused, context: "the address is not one") }
        guard headers.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }) else {
            throw MessengerFailure(kind: .refused, context: "a header has a control character")
        }
        let name = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        let addresses = try HostAddresses.find(name)
        let isAllowed = addresses.allSatisfy { address in allowed.contains { $0.contains(address) }
        }
        guard isAllowed || scheme == "https" && addresses.allSatisfy(isOpen) else {
            throw MessengerFailure(
                kind: .refused,
                context: "\(name) is in a private network, or not https"
            )
        }
        let transfer = try CurlTransfer(url, protocols: "http,https")
        transfer.long(CURLOPT_CONNECTTIMEOUT, 5)
        transfer.long(CURLOPT_TIMEOUT, 15)
        // A proxy would look the name up again.
        transfer.text(CURLOPT_NOPROXY, "*")
        let port = parts.port ?? (scheme == "https" ? 443 : 80)
        let texts = addresses.map { $0.bytes.count == 4 ? $0.text : "[\($0.text)]" }
        let pinned = CurlLines(["\(name):\(port):\(texts.joined(separator: ","))"])
        _ = gw_set_list(transfer.raw, CURLOPT_RESOLVE, pinned.list)
        let lines = CurlLines(headers + ["User-Agent: goodwork", "Expect:"])
        _ = gw_set_list(transfer.raw, CURLOPT_HTTPHEADER, lines.list)
        transfer.long(CURLOPT_POSTFIELDSIZE, body.count)
        transfer.text(CURLOPT_COPYPOSTFIELDS, String(decoding: body, as: UTF8.self))
        // Nobody reads the answer: more than a little of it ends the transfer.
        transfer.long(CURLOPT_MAXFILESIZE, 1_000_000)
        _ = gw_set_writer(transfer.raw) { _, size, count, _ in size * count }
        return try transfer.perform()
    }

    private func isOpen(_ address: IPAddress) -> Bool {
        address.isPublic || allowed.contains { $0.contains(address) }
    }
}

/// The addresses that a name has.
enum HostAddresses {
    static func find(_ name: String) throws(MessengerFailure) -> [IPAddress] {
        if let literal = IPAddress(name) { return [literal] }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &found) == 0 else {
            throw MessengerFailure(kind: .unreachable, context: "the name has no address")
        }
        defer { freeaddrinfo(found) }
        var addresses: [IPAddress] = []
        var next = found
        while let one = next {
            if let address = address(one.pointee), !addresses.contains(address) {
                addresses.append(address)
            }
            next = one.pointee.ai_next
        }
        guard !addresses.isEmpty else {
            throw MessengerFailure(kind: .unreachable, context: "the name has no address")
        }
        return addresses
    }

    private static func address(_ info: addrinfo) -> IPAddress? {
        guard let raw = UnsafeRawPointer(info.ai_addr) else { return nil }
        switch info.ai_family {
        case AF_INET:
            let four = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
            return IPAddress(bytes: withUnsafeBytes(of: four) { Array($0) })
        case AF_INET6:
            let six = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return IPAddress(bytes: withUnsafeBytes(of: six) { Array($0) })
        default: return nil
        }
    }
}
