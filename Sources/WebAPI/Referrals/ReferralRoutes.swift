import Application
import Casework
import Kernel
import Programmes
import Store
import Web

/// Referring, and what became of it: what a GP system or a hospital portal needs.
enum ReferralRoutes {
    static let routes: [APIRoute] = [
        .post(
            "/api/v1/referrals",
            "refer",
            "Refer a person",
            tag: "Referrals",
            .action(.refer),
            body: ReferralBody.schema,
            status: 201,
            says: "The person is referred.",
            answer: referred
        ) { try await refer($0) }
        .changing(),
        .post(
            "/api/v1/referrals/check",
            "checkReferral",
            "Which services could take a person, and why; nothing is kept",
            tag: "Referrals",
            .action(.refer),
            scope: ClientScope.read,
            body: ReferralBody.checkSchema,
            says: "One offer for each strand, those that can take the person first.",
            answer: .object(.must("offers", .list(offer)))
        ) { try await check($0) },
        .get(
            "/api/v1/referrals",
            "listReferrals",
            "What one's organisation, or this client, referred",
            tag: "Referrals",
            .action(.listReferrals),
            [
                APIRoute.Parameter("whose", .choice(["organisation", "own"])),
                APIRoute.Parameter("shelf", .choice(MyReferrals.Shelf.self)),
            ] + APIRoute.Parameter.pages,
            answer: .page(listed)
        ) { try await list($0) },
        .get(
            "/api/v1/referrals/:case/status",
            "readStatus",
            "Where a referral stands, as far as whoever referred may know",
            tag: "Referrals",
            .onCase(.readStatus),
            answer: ReferralJSON.status
        ) { call in
            let status = try await call.goodwork.status(of: call.file())
            return call.json(ReferralJSON.object(status), version: try call.file().version)
        },
    ]

    private static let referred = Schema.named(
        "Referred",
        .object(
            .must("id", .id),
            .must("reference", .word),
            .must("programme", .word),
            .may("strand", .word),
            .must("status", .address.saying("Where the referral's status is read.")),
            .must("link", .address.saying("A page with the status, for who has no account."))
        )
    )

    private static let offer = Schema.named(
        "Offer",
        .object(
            .must("programme", .word),
            .must("programme_name", .word),
            .must("strand", .word),
            .must("strand_name", .word),
            .must("provider", .text),
            .must("verdict", .choice(Verdict.self)),
            .must(
                "open",
                .list(
                    .object(
                        .must("rule", .word),
                        .must("verdict", .choice(Verdict.self)),
                        .must("says", .text)
                    )
                )
            ),
            .must("missing", .list(missing))
        )
    )

    /// An answer that is still to be given.
    static let missing = Schema.object(
        .must(
            "id",
            .text.saying("The member that takes it; where there is none so named, of `answers`.")
        ),
        .must("words", .text)
    )

    private static let listed = Schema.named(
        "Referral",
        .object(
            .must("id", .id),
            .must("reference", .word),
            .must("programme", .word),
            .may("referred_on", .date),
            .may("closed_on", .date),
            .must("step", .choice(ReferralStatus.Step.self)),
            .must("is_missing_answers", .truth),
            .may("next", ReferralJSON.next)
        )
    )

    // MARK: - Referring

    private static func refer(_ call: Call) async throws -> Response {
        let body = ReferralBody(call.body, today: call.today)
        let programmes = try await body.programmes(call.goodwork)
        let faults = body.faults + body.faults(under: programmes.first)
        if !faults.isEmpty { throw Problem.faults(faults, in: call.request.body) }
        let offer = try chosen(body, programmes, call)
        var referral = body.referral
        referral.strand = offer.strand
        referral.referrer = call.actor.organisation
        let answer = try await call.goodwork.refer(
            NewReferral(
                programme: offer.programme,
                referral: referral,
                consents: body.consents,
                on: body.on,
                anyway: call.body["anyway"]?.bool ?? false,
                note: call.body["note"]?.string
            ),
            by: call.actor,
            key: call.key,
            seed: call.seed
        )
        switch answer {
        case .referred(let header, _):
            var object = JSONObject()
            let status = "/api/v1/referrals/\(header.id.text)/status"
            let link = call.goodwork.token(for: call.goodwork.statusLink(for: header.id))
            object.put("id", header.id.text)
            object.put("reference", header.reference)
            object.put("programme", header.programme)
            object.put("strand", offer.strand)
            object.put("status", status)
            object.put("link", call.api.settings.address + "/status/" + link)
            return call.json(object, status: 201, headers: [("Location", status)])
        case .alreadyThere(let rows):
            var problem = Problem(
                status: 409,
                code: "already-referred",
                detail: "This person has an open case already. Send anyway: true to refer them."
            )
            problem.more.put("cases", rows.map(\.openCase))
            throw problem
        }
    }

    /// The service that is meant: the one that was named, or the first that can take the person.
    private static func chosen(
        _ body: ReferralBody,
        _ programmes: [Programme],
        _ call: Call
    ) throws -> Offer {
        let offers = body.offers(call.goodwork, in: programmes)
        if offers.isEmpty {
            throw Problem.faults([body.notTaken], in: call.request.body)
        }
        guard let strand = body.strand else {
            if let first = offers.first, first.verdict != .notMet { return first }
            throw refused(offers)
        }
        guard let named = offers.first(where: { $0.strand == strand }) else {
            let known = offers.map(\.strand).joined(separator: ", ")
            throw Problem.faults(
                [Fault(field: "/strand", problem: "takes no referrals", expected: known)],
                in: call.request.body
            )
        }
        if named.verdict == .notMet { throw refused([named]) }
        return named
    }

    static func refused(_ offers: [Offer]) -> Problem {
        var says: [String] = []
        for open in offers.flatMap(\.open) where open.verdict == .notMet {
            if !says.contains(open.says) { says.append(open.says) }
        }
        return Problem(
            status: 422,
            code: "not-eligible",
            detail: says.joined(separator: " ")
        )
    }

    private static func check(_ call: Call) async throws -> Response {
        let body = ReferralBody(call.body, today: call.today)
        guard body.faults.isEmpty else {
            throw Problem.faults(body.faults, in: call.request.body)
        }
        let programmes = try await body.programmes(call.goodwork)
        let faults =
            programmes.isEmpty ? [] : body.faults(among: programmes.flatMap(\.referral.asks))
        if !faults.isEmpty { throw Problem.faults(faults, in: call.request.body) }
        var object = JSONObject()
        object.put("offers", body.offers(call.goodwork, in: programmes).map(\.object))
        return call.json(object)
    }

    // MARK: - Lists

    private static func list(_ call: Call) async throws -> Response {
        let isOwn = call.query("whose") == "own"
        let referrals = try await call.goodwork.referrals(ofAll: !isOwn, by: call.actor)
        let shelf = call.query("shelf").flatMap(MyReferrals.Shelf.init)
        let entries = referrals.entries.filter { entry in shelf.map(entry.isOn) ?? true }
        return call.json(
            Page(entries, call) { $0.row.header.id.text }.object { entry in
                var object = JSONObject()
                object.put("id", entry.row.header.id.text)
                object.put("reference", entry.row.header.reference)
                object.put("programme", entry.row.header.programme)
                object.put("referred_on", entry.row.referredOn)
                object.put("closed_on", entry.row.closedOn)
                object.put("step", entry.step.rawValue)
                object.put("is_missing_answers", entry.isMissingAnswers)
                object.put("next", entry.next.map(ReferralJSON.object))
                return object
            }
        )
    }
}

extension Offer {
    fileprivate var object: JSONObject {
        var object = JSONObject()
        object.put("programme", programme)
        object.put("programme_name", programmeName)
        object.put("strand", strand)
        object.put("strand_name", strandName)
        object.put("provider", provider)
        object.put("verdict", verdict.rawValue)
        object.put(
            "open",
            open.map { rule in
                var object = JSONObject()
                object.put("rule", rule.rule)
                object.put("verdict", rule.verdict.rawValue)
                object.put("says", rule.says)
                return object
            }
        )
        object.put(
            "missing",
            missing.map { answer in
                var object = JSONObject()
                object.put("id", answer.id)
                object.put("words", answer.words)
                return object
            }
        )
        return object
    }
}
