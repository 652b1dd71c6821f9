import Casework
import Kernel
import SQL
import Store

/// One look at a resident's record, as it is told to them.
package struct OwnLook: Sendable, Hashable {
    package var on: CivilDate
    package var organisation: String
    /// What the one who looked is here for; empty when no account is known.
    package var roles: Set<Role>
    package var action: Action?
    /// Whether it was the resident: signed in, with an answer by a link, or as they referred
    /// themselves.
    package var isOwn: Bool
    /// Whether it was somebody with a link that was made for them, or about their case: it may be
    /// another than them.
    package var isLinkHolder: Bool
    package var isAllowed: Bool
}

extension Goodwork {
    /// Who looked at the resident's record, the latest first, each once a day.
    ///
    /// It tells organisation and role, never who of them it was: that is between the organisation
    /// and the keeper of the log.
    package func ownAccessLog(by actor: Actor, limit: Int = 200) async throws -> [OwnLook] {
        let own = try await asKept(actor)
        guard let person = own.person else { return [] }
        let store = store
        return try await store.database.read { transaction in
            let records = try store.records(of: person, in: transaction)
            let cases = try records.flatMap { try store.headers(person: $0, in: transaction) }
            let subjects = records.map(\.text) + cases.map(\.id.text)
            let told = try subjects.flatMap { try store.accessLog(of: $0, in: transaction) }
            // Of their account, what was done to it: to sign in is no look at a record.
            let accounts = try records.compactMap { try store.account(of: $0, in: transaction) }
            let managed = try accounts.flatMap {
                try store.accessLog(of: $0.id.text, in: transaction)
            }.filter { $0.action == Action.manageAccounts.rawValue }
            let entries = (told + managed).sorted { $0.at > $1.at }
            var roles: [String: Set<Role>] = [:]
            var looks: [OwnLook] = []
            var seen: Set<OwnLook> = []
            for entry in entries {
                if roles[entry.actor] == nil {
                    let account = try UserID(entry.actor)
                        .flatMap { try store.account($0, in: transaction) }
                    roles[entry.actor] = account?.roleSet ?? []
                }
                let isAllowed = entry.outcome == "allowed"
                let isAnswer = isAllowed && entry.action == Action.useOwnRecord.rawValue
                let isLinkHolder = entry.actor == Actor.linkHolder && !isAnswer
                let look = OwnLook(
                    on: entry.at.civilDateUK,
                    organisation: entry.organisation,
                    roles: roles[entry.actor] ?? [],
                    action: Action(rawValue: entry.action),
                    isOwn: !isLinkHolder
                        && [own.user, Actor.linkHolder, Actor.nobody.user].contains(entry.actor),
                    isLinkHolder: isLinkHolder,
                    isAllowed: isAllowed
                )
                if seen.insert(look).inserted { looks.append(look) }
                if looks.count == limit { break }
            }
            return looks
        }
    }
}
