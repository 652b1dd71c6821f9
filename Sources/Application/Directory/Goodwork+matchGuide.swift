import Casework
import Directory
import Kernel

extension Goodwork {
    /// The services that were written into the guide, and whether each can take a person today.
    ///
    /// Strands and onward services of programmes have their own way: they are offered and judged
    /// where people are referred to them. Nothing is kept, and nobody is looked up.
    package func guideMatches(
        _ said: ReferralReceived,
        on day: CivilDate
    ) async throws -> [GuideMatch] {
        try await guide().matches(said, on: day) { service in
            if case .stored = service.origin { true } else { false }
        }
    }

    /// The same for the person of a case, as they are now.
    package func guideMatches(for file: CaseFile) async throws -> [GuideMatch] {
        guard let said = file.case.referralNow else { return [] }
        return try await guideMatches(said, on: file.today)
    }
}
