import Application
import Bootstrap
import Casework
import Foundation
import Kernel
import Store
import Web
import WebAPI
import WebPages

/// An installation to be served by FHIR: with a program of the clinic that refers, and its token.
struct FHIRPlace {
    /// Where programs have proved who they are, a point of P-384 stands; here nobody asks for it.
    private static let keys = """
        {"keys":[{"kty":"EC","crv":"P-384","kid":"bench","x":"\(point)","y":"\(point)"}]}
        """
    private static let point = String(repeating: "A", count: 64)

    let served: ServedPlace
    /// The header that lets the program in, for five minutes.
    let authorization: String
    /// A file with the id of each ServiceRequest that is there, a line each.
    let ids: String
    /// A file with those resources as they are answered, a line each.
    let resources: String

    /// Makes the installation, with a token as the token endpoint gives it.
    static func make(_ options: BenchOptions) async throws -> FHIRPlace {
        let served = try await ServedPlace.make(options)
        let installation = try await Installation.open(served.configuration)
        let goodwork = installation.goodwork
        let client = try await goodwork.addClient(
            NewClient(
                name: "The clinic's system",
                organisation: ServedPlace.clinic.id,
                roles: [.referrer],
                purpose: "bench",
                scopes: "system/*.cruds",
                keys: .uploaded(keys)
            ),
            by: ServedPlace.host
        )
        let end = goodwork.now().adding(milliseconds: 300_000)
        let proved = ProvedAssertion(client: client.id, name: "bench", endsAt: end)
        let token = try await goodwork.token(for: proved, asking: nil)
        let place = FHIRPlace(
            served: served,
            authorization: "Bearer \(token.text)",
            ids: options.path("fhir.ids"),
            resources: options.path("fhir.ndjson")
        )
        let api = installation.api(SiteSettings(), limit: nil) { _ in }
        try await place.gather(goodwork, api, client.actor)
        try await installation.close()
        return place
    }

    /// Reads each ServiceRequest once, by FHIR, into the files.
    private func gather(_ goodwork: Goodwork, _ api: API, _ actor: Actor) async throws {
        let scope = CaseScope.organisation(ServedPlace.clinic.id, .referrer)
        let rows = try await goodwork.rows(scope, as: .listReferrals, by: actor)
        guard rows.count == ServedPlace.cases else {
            throw BenchError("\(rows.count) cases were referred, not \(ServedPlace.cases)")
        }
        var (ids, lines) = ("", [UInt8]())
        for id in rows.map(\.header.id.text) {
            let path = "/fhir/R4/ServiceRequest/\(id)"
            let answer = await api.answer(
                Request(.get, path, headers: ["authorization": authorization])
            )
            guard answer.status == 200 else {
                throw BenchError("\(path) is answered \(answer.status)")
            }
            ids += id + "\n"
            lines += answer.body + [UInt8(ascii: "\n")]
        }
        try ids.write(toFile: self.ids, atomically: true, encoding: .utf8)
        try Data(lines).write(to: URL(fileURLWithPath: resources))
    }
}
