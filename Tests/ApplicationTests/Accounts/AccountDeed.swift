import Application
import Kernel

/// Everything that changes accounts or lists them all.
enum AccountDeed: String, CaseIterable, Sendable {
    case addOrganisation, changeOrganisation, addAccount, list, listOthers, rename, move
    case changeRoles, setCapacity, disable, enable, resetPassword

    func `do`(by actor: Actor, to id: UserID, _ people: People) async throws {
        let goodwork = people.goodwork
        switch self {
        case .addOrganisation:
            try await goodwork.addOrganisation(
                Organisation(id: "new", name: "New", kinds: [.host]),
                by: actor
            )
        case .changeOrganisation:
            try await goodwork.changeOrganisation("mft", name: "Another", by: actor)
        case .addAccount:
            _ = try await goodwork.addAccount(People.new("new", [.coach]), by: actor)
        case .list: _ = try await goodwork.accounts(by: actor)
        case .listOthers: _ = try await goodwork.accounts(of: "mft", by: actor)
        case .rename:
            let change = AccountChange(login: "eve@example.org", name: "Eve")
            try await goodwork.changeAccount(id, change, by: actor)
        case .move:
            let change = AccountChange(organisation: "mft")
            try await goodwork.changeAccount(id, change, by: actor)
        case .changeRoles: try await goodwork.changeRoles(of: id, to: [.analyst], by: actor)
        case .setCapacity: try await goodwork.setCapacity(of: id, to: 20, by: actor)
        case .disable: try await goodwork.disable(id, by: actor)
        case .enable: try await goodwork.enable(id, by: actor)
        case .resetPassword: _ = try await goodwork.resetPassword(of: id, by: actor)
        }
    }
}
