import Application
import FHIRMapping
import FHIRModel
import Kernel
import Web

/// One request by FHIR on its way to its answer.
package struct FHIRCall: Sendable {
    package var call: Call
    package let route: FHIRRoute
    /// Whether what is not known is left out with a warning (`Prefer: handling=lenient`).
    package var isLenient: Bool

    init(_ call: Call, _ route: FHIRRoute) {
        self.call = call
        self.route = route
        isLenient = Self.preferences(call.request).contains("handling=lenient")
    }

    package var goodwork: Goodwork { call.goodwork }
    package var actor: Actor { call.actor }
    package var request: Request { call.request }
    package var now: Instant { call.now }
    package var today: CivilDate { call.today }
    /// The base that clients use, without a slash at its end.
    package var address: String { call.api.settings.fhirAddress }
    /// The type of resource that the route is about.
    package var type: String { route.type ?? "" }
    /// The id in the address.
    package var id: String { call.part("id") }

    /// Whether the token is good for something, as a letter of `cruds`.
    package func allows(_ letter: Character, _ type: String) -> Bool {
        call.caller?.scopes.allows(letter, on: type) ?? false
    }

    /// Refuses where the token is not good for something.
    package func needs(_ letter: Character, _ type: String) throws {
        if !allows(letter, type) { throw Problem.missing(scope: "system/\(type).\(letter)") }
    }

    /// Refuses where the token is not good for each resource of a kind.
    func needsEach(_ letter: Character, _ type: String) throws {
        guard call.caller?.scopes.allowsEach(letter, on: type) == true else {
            throw Problem.missing(scope: "system/\(type).\(letter)")
        }
    }

    /// What `_type` names that an export, or everything of a person, has not; nothing for who asks to
    /// be answered without it.
    func issues(ofTypes wanted: [String], among served: Set<String>) -> [FHIRIssue] {
        if isLenient { return [] }
        return Set(wanted).subtracting(served).sorted().map { type in
            let near = nearestSpelling(to: type, in: served.sorted()).map { " Did you mean \($0)?" }
            return FHIRIssue(.notSupported, "\(type) is not exported here.\(near ?? "")")
        }
    }

    /// The resource that was sent, found to be one of FHIR.
    package func resource() throws -> FHIRResource { try resource(parsing: request.body) }

    package func resource(parsing bytes: [UInt8]) throws -> FHIRResource {
        var limits = FHIRLimits(isLenient: isLenient)
        limits.bytesMax = API.bodyMax
        do {
            return try FHIRResource(parsing: bytes, limits: limits)
        } catch {
            let isLong = error.issues.contains { $0.code == .tooLong }
            throw FHIRFault(isLong ? 413 : 400, error)
        }
    }

    /// What `Prefer` says, in small letters.
    static func preferences(_ request: Request) -> Set<String> {
        guard let header = request.headers["prefer"] else { return [] }
        let parts = header.lowercased().split { $0 == "," || $0 == ";" }
        return Set(parts.map { String($0).filter { $0 != " " && $0 != "\"" } })
    }

    /// How much of what was written is to come back.
    var wants: String? {
        let said = Self.preferences(request)
        return ["minimal", "representation", "operationoutcome"].first {
            said.contains("return=\($0)")
        }
    }
}
