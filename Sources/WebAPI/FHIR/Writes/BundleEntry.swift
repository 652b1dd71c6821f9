import Application
import FHIRMapping
import FHIRModel
import Kernel
import Web

/// One entry of a transaction or a batch: a request of its own.
struct BundleEntry: Sendable {
    var place: Int
    var request: Request
    /// The type of what is sent, or of what the address names.
    var type: String
    /// What others in the bundle call it.
    var fullURL: String?
    /// What is sent.
    var resource: JSONObject?
    /// Whether it asks as `HEAD`: to be read, and answered without what was read.
    var isHead: Bool

    /// The entries of a bundle, each read as the request that it stands for.
    static func all(of bundle: FHIRResource, _ call: FHIRCall) throws -> [BundleEntry] {
        let entries = bundle.root.all("entry")
        guard entries.count <= BundleRoute.entriesMax else {
            let says = "At most \(BundleRoute.entriesMax) entries go into one bundle."
            throw FHIRFault(413, .tooCostly, says, at: "Bundle.entry")
        }
        return try entries.enumerated().map { try BundleEntry($1, place: $0, call) }
    }

    private init(_ entry: FHIRElement, place: Int, _ call: FHIRCall) throws {
        self.place = place
        fullURL = entry["fullUrl"]?.text
        let asked = entry["request"]
        let verb = asked?["method"]?.text
        isHead = verb == "HEAD"
        let method: Request.Method? =
            isHead ? .get : verb.flatMap { Request.Method(rawValue: $0) }
        guard let method, let url = asked?["url"]?.text
        else {
            let says = "Say the method and the url of the request."
            throw FHIRFault(400, .required, says, at: "Bundle.entry[\(place)].request")
        }
        let relative =
            url.hasPrefix(call.address + "/") ? url.dropFirst(call.address.count + 1) : url[...]
        let halves = relative.split(separator: "?", maxSplits: 1).map(String.init)
        let path = halves.first.map { $0.hasPrefix("/") ? $0 : "/" + $0 } ?? "/"
        request = Request(method, FHIRRoute.base + path, remote: call.request.remote)
        if halves.count == 2 { request.query = URLEncoding.decode(halves[1].utf8) ?? Form() }
        for (name, header) in [
            ("ifMatch", "if-match"), ("ifNoneMatch", "if-none-match"),
            ("ifNoneExist", "if-none-exist"),
        ] {
            request.headers[header] = asked?[name]?.text
        }
        request.headers["prefer"] = call.request.headers["prefer"]
        if let resource = entry["resource"] {
            type = resource.type
            request.headers["content-type"] = FHIRMedia.json
            let json = resource.json
            self.resource = json?.object
            request.body = Array((json?.text ?? "").utf8)
        } else {
            type = path.split(separator: "/").first.map(String.init) ?? ""
        }
    }

    /// A fault of it at its place in the bundle.
    func placed(_ fault: FHIRFault) -> FHIRFault {
        var fault = fault
        fault.issues.issues = fault.issues.issues.map(placed)
        return fault
    }

    /// What is wrong with it, at its place in the bundle.
    func placed(_ issue: FHIRIssue) -> FHIRIssue {
        if issue.expression?.hasPrefix("Bundle") == true { return issue }
        var issue = issue
        let within = issue.expression?.split(separator: ".", maxSplits: 1).dropFirst().first
        issue.expression = "Bundle.entry[\(place)].resource" + (within.map { ".\($0)" } ?? "")
        return issue
    }
}
