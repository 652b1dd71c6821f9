import CCurl
import Dispatch

/// A thread on which libcurl works, so that the cooperative threads never wait for the network.
final class CurlThread: Sendable {
    static let shared = CurlThread()
    private static let ofHooks = (0..<4).map { _ in CurlThread() }

    private let queue = DispatchQueue(label: "messengers")

    private init() { curl_global_init(Int(CURL_GLOBAL_DEFAULT)) }

    /// The thread for an address that others chose: the same for the same address.
    static func forHooks(_ url: String) -> CurlThread {
        let mark = url.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
        return ofHooks[mark % ofHooks.count]
    }

    /// Runs a job on the thread, after those that were given before.
    func run<R: Sendable>(_ job: @Sendable @escaping () throws -> R) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try job() }) }
        }
    }
}

/// A transfer of libcurl, with its limits of time set.
struct CurlTransfer: ~Copyable {
    let raw: UnsafeMutableRawPointer
    /// Held here, for the handle may still speak while it is closed.
    private let talk: Talk

    init(_ url: String, protocols: String) throws(MessengerFailure) {
        guard let raw = curl_easy_init() else {
            throw MessengerFailure(kind: .unreachable, context: "libcurl could not begin")
        }
        self.raw = raw
        talk = Talk()
        text(CURLOPT_URL, url)
        text(CURLOPT_PROTOCOLS_STR, protocols)
        // No signals: there are other threads. Nothing waits for ever.
        long(CURLOPT_NOSIGNAL, 1)
        long(CURLOPT_CONNECTTIMEOUT, 10)
        long(CURLOPT_TIMEOUT, 30)
    }

    deinit { curl_easy_cleanup(raw) }

    func text(_ option: CURLoption, _ value: String) { _ = gw_set_text(raw, option, value) }

    func long(_ option: CURLoption, _ value: Int) { _ = gw_set_long(raw, option, value) }

    /// Notes from now on whether a command that begins so was said.
    func listen(for command: String) {
        talk.awaited = Array(command.utf8)
        _ = gw_set_pointer(raw, CURLOPT_DEBUGDATA, Unmanaged.passUnretained(talk).toOpaque())
        _ = gw_set_listener(raw) { _, kind, bytes, count, place in
            if kind == CURLINFO_HEADER_OUT, let bytes, let place {
                let talk = Unmanaged<Talk>.fromOpaque(place).takeUnretainedValue()
                talk.hear(UnsafeRawBufferPointer(start: bytes, count: count))
            }
            return 0
        }
        long(CURLOPT_VERBOSE, 1)
    }

    /// Whether the command that was listened for was said.
    var isSaid: Bool { talk.isSaid }

    /// Does it.
    ///
    /// - Returns: the status that the other side answered last.
    func perform() throws(MessengerFailure) -> Int {
        let code = curl_easy_perform(raw)
        var status = 0
        _ = gw_get_status(raw, &status)
        // An answer that is a refusal has a status; without one nobody answered.
        if code != CURLE_OK, status < 400 {
            throw MessengerFailure(
                kind: .unreachable,
                context: String(cString: curl_easy_strerror(code))
            )
        }
        return status
    }
}

/// What was said to the other side: nothing of it is kept, for it may hold a password.
private final class Talk {
    var awaited: [UInt8] = []
    private(set) var isSaid = false

    func hear(_ command: UnsafeRawBufferPointer) {
        if command.starts(with: awaited) { isSaid = true }
    }
}

/// A list of lines, as libcurl takes them.
struct CurlLines: ~Copyable {
    private(set) var list: UnsafeMutablePointer<curl_slist>?

    init(_ lines: [String]) {
        list = nil
        for line in lines { list = curl_slist_append(list, line) }
    }

    deinit { curl_slist_free_all(list) }
}
