import Casework
import Kernel
import Programmes

/// Where a case could go instead, and what the rules there say of the person.
package struct ReroutePlace: Sendable, Hashable {
    package var programme: String
    package var programmeName: String
    package var strand: String?
    package var strandName: String?
    /// The organisation that would hold the case.
    package var provider: String?
    package var verdict: Verdict
    /// Why not, or what must be asked first.
    package var says: [String]
    package var missing: [String]
    /// What is missing, in the words of the programme that asks it.
    package var asks: [String]
}

extension Goodwork {
    /// The strands of the case's programme, other than its own, and what each says of the person.
    package func otherStrands(of file: CaseFile) -> [ReroutePlace] {
        file.programme.strands
            .filter { $0.id != file.case.strand && $0.runs.contains(file.today) }
            .map { strand in
                let decided = file.case.verdict(forStrand: strand.id, in: file.programme)
                return ReroutePlace(file.programme, strand, decided)
            }
    }

    /// The other programmes that take referrals today, strand by strand.
    ///
    /// A file with faults takes nobody.
    package func otherProgrammes(for file: CaseFile) async throws -> [ReroutePlace] {
        let others = try await currentProgrammes().filter { $0.id != file.header.programme }
        return others.filter { $0.runs.contains(file.today) }.flatMap { programme in
            let strands = programme.strands.filter { $0.runs.contains(file.today) }
            let places: [Strand?] = programme.strands.isEmpty ? [nil] : strands
            return places.map { strand in
                let referral = file.case.referral?.carried(
                    to: programme,
                    strand: strand?.id,
                    knowing: file.identity,
                    on: file.today
                )
                let decided = referral.map { Eligibility.decide($0, programme: programme) }
                return ReroutePlace(programme, strand, decided)
            }
        }
    }
}

extension ReroutePlace {
    fileprivate init(_ programme: Programme, _ strand: Strand?, _ decided: EligibilityDecided?) {
        self.init(
            programme: programme.id,
            programmeName: programme.name,
            strand: strand?.id,
            strandName: strand?.name,
            provider: strand?.provider,
            verdict: decided?.verdict ?? .notKnown,
            says: decided?.says ?? [],
            missing: (decided?.missing ?? []).map(programme.answerID(ofMissing:)),
            asks: (decided?.missing ?? []).map(programme.words(ofMissing:))
        )
    }
}

extension ReferralReceived {
    /// What was said, as another programme asks it of the person as they are known today: answers
    /// to questions that it does not put stay behind.
    ///
    /// - Parameter known: who the person is, where that may be seen; it may have been put right
    ///   since they were referred.
    func carried(
        to programme: Programme,
        strand: String?,
        knowing known: Identity?,
        on today: CivilDate
    ) -> ReferralReceived {
        var carried = self
        carried.strand = strand
        carried.answers = answers.filter { id, answer in
            programme.referral.asks.contains { $0.id == id && $0.answers.contains(answer) }
        }
        if let known { carried.take(known, on: today) }
        return carried
    }

    /// Takes who the person is now, with the age and the place that follow from it.
    private mutating func take(_ known: Identity, on today: CivilDate) {
        let postcode = known.postcode.flatMap { Postcode($0) }
        // The area and the decile that were told belong to the postcode that was told.
        if postcode != identity.postcode.flatMap({ Postcode($0) }) {
            outwardCode = postcode?.outward
            deprivation = nil
        }
        let birth = known.birthDate.flatMap { CivilDate(iso: $0) }
        age = birth?.age(on: today) ?? age
        identity = known
    }
}
