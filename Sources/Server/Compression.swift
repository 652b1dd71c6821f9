import CZlib
import Synchronization
import Web

/// Compresses the files that pages load, once each, for browsers that accept it.
///
/// Pages are sent as they are: they hold secrets beside what a stranger may have put into them,
/// and the length of such a page, compressed, tells of the secret (BREACH, CVE-2013-3587).
final class Compression: Sendable {
    /// More files than there are; so that the memory has an end.
    private static let filesMax = 100
    private static let kinds = ["text/css", "image/svg+xml", "text/javascript"]

    private let kept = Mutex<[String: [UInt8]]>([:])

    /// The response as it is sent: compressed where it may be, and smaller so.
    func compress(_ response: Web.Response, to request: Web.Request) -> Web.Response {
        guard response.status == 200, isForEverybody(response) else { return response }
        var sent = response
        // What stands between us and a browser must keep the two forms apart.
        sent.headers.append(("Vary", "Accept-Encoding"))
        guard Self.accepts(request.headers["accept-encoding"] ?? "") else { return sent }
        guard let small = compressed(request.path, response.body) else { return sent }
        sent.headers.append(("Content-Encoding", "gzip"))
        sent.body = small
        return sent
    }

    /// Whether it has one content for all visitors, at a path that names it.
    private func isForEverybody(_ response: Web.Response) -> Bool {
        let isKept = response["Cache-Control"]?.contains("immutable") ?? false
        let type = response["Content-Type"] ?? ""
        return isKept && Self.kinds.contains { type.hasPrefix($0) }
    }

    /// Whether a browser takes gzip (RFC 9110, 12.5.3).
    static func accepts(_ header: String) -> Bool {
        header.lowercased().split(separator: ",").contains { item in
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let name = parts.first, name == "gzip" || name == "*" else { return false }
            let refusals = ["q=0", "q=0.0", "q=0.00", "q=0.000"]
            return !parts.dropFirst().contains(where: refusals.contains)
        }
    }

    private func compressed(_ path: String, _ body: [UInt8]) -> [UInt8]? {
        if let known = kept.withLock({ $0[path] }) { return known }
        guard let small = Self.gzip(body), small.count < body.count else { return nil }
        kept.withLock { if $0.count < Self.filesMax { $0[path] = small } }
        return small
    }

    /// A gzip file (RFC 1952) of the bytes; nil when zlib cannot make one.
    static func gzip(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        // 15 bits of window, and 16 more for gzip's own header.
        let began = deflateInit2_(
            &stream,
            Z_BEST_COMPRESSION,
            Z_DEFLATED,
            15 + 16,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard began == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var source = bytes
        // What cannot be made smaller grows a little; gzip's header and end come on top.
        var target = [UInt8](repeating: 0, count: bytes.count + bytes.count / 100 + 64)
        let outcome = source.withUnsafeMutableBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard outcome == Z_STREAM_END else { return nil }
        return Array(target.prefix(Int(stream.total_out)))
    }
}
