import Kernel

extension OpenIDClient {
    /// How long the discovery document and the keys are believed.
    static let documentAgeMax: Int64 = 3_600_000

    /// How long before an unknown key may have the keys fetched again.
    static let keyRefreshMin: Int64 = 30_000

    /// What the issuer says of itself.
    func document() async throws(OpenIDError) -> IssuerDocument {
        let now = now()
        if let kept = keptDocument, kept.isFresh(at: now, for: Self.documentAgeMax) {
            return kept.document
        }
        let address = try IssuerDocument.address(of: provider.issuer)
        let json = try await fetch(address)
        let document = try IssuerDocument(json, issuer: provider.issuer)
        keptDocument = Kept(document: document, fetchedAt: now)
        return document
    }

    /// The issuer's keys, not older than a limit.
    func keys(
        _ document: IssuerDocument,
        ageMax: Int64 = documentAgeMax
    ) async throws(OpenIDError) -> IssuerKeys {
        let now = now()
        if let kept = keptKeys, kept.isFresh(at: now, for: ageMax) { return kept.document }
        let keys = try IssuerKeys(try await fetch(document.keysAddress))
        keptKeys = Kept(document: keys, fetchedAt: now)
        return keys
    }

    private func fetch(_ address: SafeAddress) async throws(OpenIDError) -> JSONValue {
        let answer = try await requests.get(address)
        guard answer.status < 500 else {
            throw OpenIDError(.unreachable, "\(address.text) answered \(answer.status)")
        }
        guard answer.status == 200, let json = answer.json, json.object != nil else {
            throw OpenIDError(
                .unusableAnswer,
                "\(address.text) answered \(answer.status), or no JSON object"
            )
        }
        return json
    }
}
