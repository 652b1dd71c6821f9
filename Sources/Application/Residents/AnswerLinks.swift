import Casework
import Crypto
import Kernel
import Programmes
import SQL
import Store

extension Actor {
    /// The user that the log names where somebody came by a signed link.
    static let linkHolder = "link"

    /// Whoever holds a link that was made for the person of a case.
    static func holder(ofLinkFor person: PersonID) -> Actor {
        Actor(
            user: linkHolder,
            organisation: nobody.organisation,
            roles: [.resident],
            person: person
        )
    }
}

/// A question that a link can put, answered with one tap.
package enum LinkQuestion: String, Sendable, CaseIterable {
    /// Is the person in work now, some weeks after support ended?
    case followUp = "follow-up"
    /// How was the support?
    case satisfaction

    /// The instrument that a programme asks about satisfaction with.
    package static let instrument = "satisfaction"
}

/// A question behind a link, as it stands.
package struct LinkedQuestion: Sendable {
    package enum State: Sendable, Hashable {
        case open
        case answered
        /// The case is not, or no longer, where this is asked.
        case notAsked
    }

    package var question: LinkQuestion
    package var state: State
    package var programme: Programme
    package var header: CaseHeader
}

extension Goodwork {
    /// A link by which the person of a case answers questions without signing in, for 28 days.
    ///
    /// It is the same for all who make it on one day, so that it can be answered once.
    package func answerLink(for id: CaseID) -> SignedLink {
        let today = Instant(midnightUTC: now().civilDateUTC)
        return SignedLink(
            purpose: .answer,
            caseID: id,
            expiresAt: today.adding(milliseconds: 28 * 86_400_000)
        )
    }

    /// What a link asks; nil when it is not one of ours, not for this, or too old.
    ///
    /// Nothing is changed: scanners of mail open links too. The look stands in the access log.
    package func question(
        byLink token: String,
        _ question: LinkQuestion
    ) async throws -> LinkedQuestion? {
        guard let (file, _) = try await fileOfAnswerLink(token) else { return nil }
        let (store, key) = (store, Self.key(of: token, question))
        let isUsed = try await store.database.read { try store.hasAnswer(toKey: key, in: $0) }
        return LinkedQuestion(
            question: question,
            state: isUsed ? .answered : file.state(of: question),
            programme: file.programme,
            header: file.header
        )
    }

    private func fileOfAnswerLink(
        _ token: String
    ) async throws -> (file: CaseFile, holder: Actor)? {
        guard let link = link(token), link.purpose == .answer else { return nil }
        let store = store
        let found = try await store.database.read { transaction in
            try store.header(id: link.caseID, in: transaction).map { header in
                (header, try store.keptPerson(header.person, in: transaction))
            }
        }
        guard let (header, person) = found else { return nil }
        let holder = Actor.holder(ofLinkFor: person)
        let file = try await file(header, for: .useOwnRecord, by: holder, identifies: false)
        return file.isErased ? nil : (file, holder)
    }

    /// Takes the answer to a link's question, once.
    ///
    /// - Parameter answers: by item; the follow-up's is under its own name, a status.
    /// - Returns: how the question stood before; nil when the link is no good.
    package func answer(
        byLink token: String,
        _ question: LinkQuestion,
        _ answers: [String: String]
    ) async throws -> LinkedQuestion? {
        guard let asked = try await self.question(byLink: token, question) else { return nil }
        guard asked.state == .open, let (file, holder) = try await fileOfAnswerLink(token) else {
            return asked
        }
        do {
            _ = try await change(
                file.header,
                Command(body(question, answers), on: file.today),
                by: holder,
                as: .useOwnRecord,
                idempotencyKey: Self.key(of: token, question),
                seed: .random(in: .min ... .max)
            )
        } catch StoreError.keyReused {
            // Two taps at once, with different answers: the first one stands.
            return LinkedQuestion(
                question: question,
                state: .answered,
                programme: file.programme,
                header: file.header
            )
        }
        return asked
    }

    private func body(_ question: LinkQuestion, _ answers: [String: String]) -> EventBody {
        switch question {
        case .followUp:
            var contacted = TrackingContacted()
            contacted.status = answers[question.rawValue]
            return .trackingContacted(contacted)
        case .satisfaction:
            var taken = MeasureTaken()
            taken.instrument = LinkQuestion.instrument
            taken.occasion = .exit
            taken.answers = answers
            return .measureTaken(taken)
        }
    }

    /// The key under which the answer to a link is kept; the token itself is kept nowhere.
    private static func key(of token: String, _ question: LinkQuestion) -> String {
        let digest = Array(SHA256.hash(data: Array(token.utf8)))
        return "link:\(Base64URL.text(digest)):\(question.rawValue)"
    }
}

extension CaseFile {
    /// How a question stands for this case, whatever link puts it.
    package func state(of question: LinkQuestion) -> LinkedQuestion.State {
        guard mayAskPerson else { return .notAsked }
        switch question {
        case .followUp:
            let isTracked =
                `case`.discharge != nil && `case`[.trackingEnded] == nil && `case`.isOpen
                && programme.pathway.tracking.weeks != nil
            return isTracked ? .open : .notAsked
        case .satisfaction:
            guard let instrument = programme.instrument(LinkQuestion.instrument),
                instrument.occasions.contains(.exit), !instrument.items.isEmpty,
                `case`[.started] != nil
            else { return .notAsked }
            let isAnswered = `case`.readings.contains {
                $0.instrument == instrument.id && $0.occasion == .exit
            }
            return isAnswered ? .answered : .open
        }
    }
}
