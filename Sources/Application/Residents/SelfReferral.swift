import Casework
import Kernel
import Programmes
import SQL
import Store

/// What somebody who referred themselves is told, and what lets them make an account.
package struct SentSelfReferral: Sendable, Hashable {
    package var caseID: CaseID
    /// What to say on the telephone.
    package var reference: String
    package var programme: String
    package var provider: String?
    /// The day by which somebody gets in touch.
    package var contactBy: CivilDate
    package var sentAt: Instant

    package init(
        caseID: CaseID,
        reference: String,
        programme: String,
        provider: String?,
        contactBy: CivilDate,
        sentAt: Instant
    ) {
        self.caseID = caseID
        self.reference = reference
        self.programme = programme
        self.provider = provider
        self.contactBy = contactBy
        self.sentAt = sentAt
    }
}

extension Goodwork {
    /// The source by which people refer themselves.
    package static let selfSource = "self"

    /// The programmes that people can refer themselves to on a day; a file with faults is left out.
    package func selfReferralProgrammes(on day: CivilDate) async throws -> [Programme] {
        try await currentProgrammes().filter { programme in
            programme.runs.contains(day)
                && programme.strands.contains { $0.runs.contains(day) }
                && programme.referral.sources.contains { $0.id == Self.selfSource }
        }
    }

    /// The strand that a self-referral goes to: whichever can take the person, else comes nearest.
    ///
    /// Somebody must hold the referral from the first day, so one is always found.
    package func strand(
        for referral: ReferralReceived,
        in programme: Programme,
        on day: CivilDate
    ) -> Offer? {
        let offers = Offers.of(referral, in: [programme], on: day)
        let unmet = { (offer: Offer) in offer.open.filter { $0.verdict == .notMet }.count }
        guard let best = offers.first else { return nil }
        guard best.verdict == .notMet else { return best }
        return offers.min { unmet($0) < unmet($1) }
    }

    /// Refers whoever filled the form in, once.
    ///
    /// The person is always a new one here: a name and a number that somebody typed prove nothing,
    /// so they neither change a record that is there nor open it. Those who hold the record see
    /// that two are alike and merge them. Nothing in the answer tells whether the person was known.
    ///
    /// - Parameters:
    ///   - note: what else the coach should know, such as how the person wishes to be reached.
    ///   - wish: by which way messages go, and in which language.
    ///   - key: names the filled-in form; the same one is referred once.
    package func referOneself(
        _ new: NewReferral,
        note: String?,
        wish: ContactPreferred? = nil,
        key: String
    ) async throws -> SentSelfReferral {
        var new = new
        new.referral.source = Self.selfSource
        new.anyway = true
        let answer = try await refer(
            new,
            by: .nobody,
            as: .referOneself,
            key: "self:\(key)",
            seed: .random(in: .min ... .max)
        )
        guard case .referred(let header, _) = answer else {
            throw ServiceError(.conflict, "This was sent already.")
        }
        var bodies: [EventBody] = []
        if let wish { bodies.append(.contactPreferred(wish)) }
        if let note {
            var written = NoteWritten()
            written.text = note
            bodies.append(.noteWritten(written))
        }
        if !bodies.isEmpty {
            try await tell(bodies, of: header, on: new.on, key: "self-note:\(key)")
        }
        return try await sent(header, on: new.on)
    }

    private func tell(
        _ bodies: [EventBody],
        of header: CaseHeader,
        on day: CivilDate,
        key: String
    ) async throws {
        _ = try await change(
            header,
            Command(entries: bodies.map { Command.Entry(body: $0, on: day) }),
            by: .holder(ofLinkFor: header.person),
            as: .useOwnRecord,
            idempotencyKey: key,
            seed: .random(in: .min ... .max)
        )
    }

    private func sent(_ header: CaseHeader, on day: CivilDate) async throws -> SentSelfReferral {
        let store = store
        let now = now()
        return try await store.database.read { transaction in
            let row = try store.caseRow(header.id, in: transaction)
            let programme = try library.kept(
                header.programme,
                version: header.programmeVersion,
                store: store,
                in: transaction
            )
            let calendar = programme.workingDays
            let clock = programme.clocks.first { clock in
                clock.from == .referred
                    && (clock.strands.isEmpty || row?.strand.map(clock.strands.contains) == true)
            }
            return SentSelfReferral(
                caseID: header.id,
                reference: header.reference,
                programme: programme.name,
                provider: row?.provider,
                // Without a promise of the programme's, the day by which a referral is accepted.
                contactBy: clock?.within.end(from: day, calendar)
                    ?? calendar.date(after: day, workingDays: 2),
                sentAt: now
            )
        }
    }
}
