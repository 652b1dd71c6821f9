import Funding
import Kernel
import SQL
import Store

/// A sample of a claim, and what it says of the whole.
package struct ClaimSampleView: Sendable {
    package var sample: StoredSample
    /// The lines that were drawn.
    package var lines: [ClaimLine]
    /// What was found of each, the last word on it in whichever sample it stands.
    package var findings: [Int: StoredSample.Finding]
    package var extrapolation: Extrapolation
}

/// No line is for more; beyond it the extrapolation would leave the range of whole pence.
private let mostOfALine = Pence(1_000_000_000_000)

extension Goodwork {
    /// Draws lines of a claim at random, to be checked against their evidence.
    ///
    /// Lines that give money back, and lines that were rejected, are not drawn. The same
    /// `drawSeed` draws the same lines; a draw that was made already is answered, not made again.
    package func sample(
        claim name: String,
        size: Int,
        drawSeed: UInt64,
        by actor: Actor,
        seed: UInt64
    ) async throws -> ClaimSampleView {
        let claim = try await opened(name, .settleClaim, actor)
        guard (1...10_000).contains(size) else {
            throw ServiceError(ClaimRefusal(.outOfRange, "A sample is 1 to 10,000 lines."))
        }
        let (store, now) = (store, now())
        return try await store.committer.submit { transaction in
            try store.lockClaims(in: transaction)
            let events = try store.events(of: claim.id, in: transaction)
            guard try ClaimState(events).stands else {
                throw ServiceError(
                    ClaimRefusal(.wrongState, "A sample is drawn from a claim that was submitted.")
                )
            }
            let rejected = Set(events.compactMap(\.line))
            let lines = try store.lines(of: claim.id, in: transaction).filter {
                $0.amount > .zero && !rejected.contains($0.number)
            }
            let drawn = ClaimSample.draw(size, of: lines.map(\.number), seed: drawSeed)
            let before = try store.samples(of: claim.id, in: transaction)
            if let same = before.first(where: { $0.seed == drawSeed && $0.lines == drawn }) {
                return view(same, among: before, lines)
            }
            var ids = IDMaker(seed: seed)
            let sample = StoredSample(
                id: ids.make(ClaimTag.self, at: now).text,
                claim: claim.id,
                seed: drawSeed,
                lines: drawn,
                drawnFrom: lines.count,
                drawnAt: now,
                drawnBy: actor.user
            )
            try store.add(sample, in: transaction)
            return view(sample, among: before, lines)
        }
    }

    /// The samples of a claim, in the order of drawing.
    package func samples(of name: String, by actor: Actor) async throws -> [ClaimSampleView] {
        let claim = try await opened(name, .readClaims, actor)
        let store = store
        return try await store.database.read { transaction in
            let samples = try store.samples(of: claim.id, in: transaction)
            guard !samples.isEmpty else { return [] }
            let lines = try store.lines(of: claim.id, in: transaction)
            return samples.map { view($0, among: samples, lines) }
        }
    }

    /// Records what the evidence of a sampled line supports.
    ///
    /// It is kept with the sample drawn last that holds the line, and holds for all that hold it.
    package func found(
        claim name: String,
        line: Int,
        right: Pence,
        words: String? = nil,
        by actor: Actor
    ) async throws -> ClaimSampleView {
        let claim = try await opened(name, .settleClaim, actor)
        guard (Pence.zero...mostOfALine).contains(right) else {
            throw ServiceError(
                ClaimRefusal(.outOfRange, "The right amount is £0 to \(mostOfALine.text).")
            )
        }
        let (store, now) = (store, now())
        return try await store.committer.submit { transaction in
            try store.lockClaims(in: transaction)
            var samples = try store.samples(of: claim.id, in: transaction)
            guard let place = samples.lastIndex(where: { $0.lines.contains(line) }) else {
                throw ServiceError(
                    ClaimRefusal(.notSampled, "Line \(line) is in no sample of this claim.")
                )
            }
            let finding = StoredSample.Finding(
                line: line,
                right: right,
                at: now,
                by: actor.user,
                words: words.flatMap { try? stated($0) }
            )
            try store.add(finding, to: samples[place], in: transaction)
            samples[place].findings.append(finding)
            let lines = try store.lines(of: claim.id, in: transaction)
            return view(samples[place], among: samples, lines)
        }
    }

    /// - Parameter samples: those of the claim: what was found of a line is true in each of them.
    private func view(
        _ sample: StoredSample,
        among samples: [StoredSample],
        _ lines: [ClaimLine]
    ) -> ClaimSampleView {
        let drawn = Set(sample.lines)
        let lines = lines.filter { drawn.contains($0.number) }
        var findings: [Int: StoredSample.Finding] = [:]
        for finding in samples.flatMap(\.findings).sorted(by: { $0.at < $1.at })
        where drawn.contains(finding.line) {
            findings[finding.line] = finding
        }
        let checked = lines.compactMap { line in
            findings[line.number].map { finding in
                ClaimSample.Finding(
                    line: line.number,
                    claimed: line.amount,
                    right: finding.right
                )
            }
        }
        return ClaimSampleView(
            sample: sample,
            lines: lines,
            findings: findings,
            extrapolation: Extrapolation(checked, of: sample.drawnFrom)
        )
    }
}
