import Casework
import Crypto
import Kernel
import Programmes
import Store

/// A referral as far as it can be made before the database is asked.
///
/// Most people are new, and most keys too; so it is decided, sealed and put into rows as if this
/// one were, while others write. Whoever writes it asks first whether that holds, and makes it
/// anew where it does not.
struct ReadyReferral: Sendable {
    /// By which the same referral, sent with the same key, is known again.
    let digest: [UInt8]
    /// By which the person is looked up.
    let indexes: PersonIndexes
    private let new: NewReferral
    private let actor: Actor
    private let now: Instant
    private let seed: UInt64
    private let programme: Programme?
    private let made: ReferralDraft.Made?

    /// - Parameter programme: the one that was current last; without it nothing is made yet.
    init(
        _ new: NewReferral,
        by actor: Actor,
        under programme: Programme?,
        store: Store,
        at now: Instant,
        seed: UInt64
    ) {
        self.new = new
        self.actor = actor
        self.now = now
        self.seed = seed
        self.programme = programme
        digest = Array(SHA256.hash(data: Self.fingerprint(new, actor)))
        // A refusal is told by whoever writes, once it is certain under which rules.
        made = programme.flatMap { programme in
            var draft = ReferralDraft(
                new: new,
                programme: programme,
                actor: actor,
                now: now,
                ids: IDMaker(seed: seed)
            )
            return try? draft.make(known: nil, store: store)
        }
        indexes =
            made?.write.person?.indexes
            ?? PersonIndexes(new.referral.identity, vault: store.vault)
    }

    /// What was made, if it was made under these rules.
    func made(under current: Programme) -> ReferralDraft.Made? {
        programme == current ? made : nil
    }

    /// The same referral, to be made now.
    func draft(under current: Programme) -> ReferralDraft {
        ReferralDraft(
            new: new,
            programme: current,
            actor: actor,
            now: now,
            ids: IDMaker(seed: seed)
        )
    }

    /// Bytes that are the same only for the same referral of the same actor.
    private static func fingerprint(_ new: NewReferral, _ actor: Actor) -> [UInt8] {
        var referral = new.referral
        // Who was named is the same person, whatever is held of them by now.
        if new.person != nil { referral.identity = Identity() }
        let encoded = EventBody.referralReceived(referral).encoded()
        let texts = [
            actor.user, new.programme, new.on.iso, String(new.anyway), new.note ?? "",
            new.consents.map { "\($0.key.rawValue):\($0.value)" }.sorted().joined(separator: " "),
            new.person?.text ?? "",
        ]
        var bytes: [UInt8] = []
        bytes.reserveCapacity(encoded.payload.count + encoded.sealed.count + 256)
        for part in texts.map({ Array($0.utf8) }) + [encoded.payload, encoded.sealed] {
            bytes += "\(part.count):".utf8
            bytes += part
        }
        return bytes
    }
}
