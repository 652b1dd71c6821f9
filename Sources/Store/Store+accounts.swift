import Kernel
import SQL

// MARK: - Reading

extension Store {
    private static let columns = """
        id, organisation, sealed, roles, person_id, password_hash, totp_sealed, totp_step,
            oidc_issuer, oidc_subject, capacity, must_change_password, disabled_at, created_at,
            password_until, password_set_at
        """
    private static let allAccounts = Statement("SELECT \(columns) FROM accounts ORDER BY id")
    private static let accountsOf = Statement(
        "SELECT \(columns) FROM accounts WHERE organisation = $1 ORDER BY id"
    )
    private static let byAccount = Statement("SELECT \(columns) FROM accounts WHERE id = $1")
    private static let byLogin = Statement(
        "SELECT \(columns) FROM accounts WHERE login_index = $1"
    )
    private static let bySubject = Statement(
        "SELECT \(columns) FROM accounts WHERE oidc_issuer = $1 AND oidc_subject = $2"
    )
    private static let byPerson = Statement(
        "SELECT \(columns) FROM accounts WHERE person_id = $1"
    )

    /// Every account.
    package func accounts(in transaction: any Transaction) throws -> [StoredAccount] {
        try transaction.rows(Self.allAccounts, [], Self.account)
    }

    package func accounts(
        of organisation: String,
        in transaction: any Transaction
    ) throws -> [StoredAccount] {
        try transaction.rows(Self.accountsOf, [.text(organisation)], Self.account)
    }

    package func account(_ id: UserID, in transaction: any Transaction) throws -> StoredAccount? {
        try transaction.first(Self.byAccount, [.text(id.text)], Self.account)
    }

    /// The account with a login, which is given as it was folded when the account was made.
    package func account(
        login: String,
        in transaction: any Transaction
    ) throws -> StoredAccount? {
        try transaction.first(Self.byLogin, [.blob(loginIndex(login))], Self.account)
    }

    /// The account of somebody whom an OpenID issuer vouches for.
    package func account(
        issuer: String,
        subject: String,
        in transaction: any Transaction
    ) throws -> StoredAccount? {
        try transaction.first(Self.bySubject, [.text(issuer), .text(subject)], Self.account)
    }

    package func account(
        of person: PersonID,
        in transaction: any Transaction
    ) throws -> StoredAccount? {
        try transaction.first(Self.byPerson, [.text(person.text)], Self.account)
    }

    /// Who an account is; nil when it is a resident's who has been erased.
    package func identity(
        of account: StoredAccount,
        in transaction: any Transaction
    ) throws -> AccountIdentity? {
        let place = Self.place(of: account.id)
        guard let person = account.person else {
            return try AccountIdentity(try vault.open(account.sealed, at: place))
        }
        guard let key = try self.person(person, in: transaction)?.key else { return nil }
        return try AccountIdentity(try key.open(account.sealed, at: place))
    }

    private static func account(_ row: any Row) throws -> StoredAccount {
        guard let id = UserID(try row.text(0)) else {
            throw StoreError.damaged("a row of accounts has no valid id")
        }
        let person = try row.optionalText(4)
        var account = StoredAccount(
            id: id,
            organisation: try row.text(1),
            sealed: try row.blob(2),
            roles: try row.text(3),
            person: person.flatMap { PersonID($0) },
            passwordHash: try row.optionalText(5),
            capacity: try row.optionalInt(10).map { Int($0) },
            mustChangePassword: try row.bool(11),
            createdAt: Instant(milliseconds: try row.int(13))
        )
        guard person == nil || account.person != nil else {
            throw StoreError.damaged("an account names a person without a valid id")
        }
        account.totpSealed = try row.optionalBlob(6)
        account.totpStep = try row.optionalInt(7)
        account.issuer = try row.optionalText(8)
        account.subject = try row.optionalText(9)
        account.disabledAt = try row.optionalInt(12).map { Instant(milliseconds: $0) }
        account.passwordUntil = try row.optionalInt(14).map { Instant(milliseconds: $0) }
        account.passwordSetAt = try row.optionalInt(15).map { Instant(milliseconds: $0) }
        return account
    }

    func loginIndex(_ login: String) -> [UInt8] { vault.index("login", login) }

    private static func place(of account: UserID) -> String { "account:\(account.text)" }
}

// MARK: - Writing

extension Store {
    private static let insertAccount: Statement = """
        INSERT INTO accounts (id, organisation, login_index, sealed, roles, person_id,
            password_hash, capacity, must_change_password, created_at, password_until)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT DO NOTHING
        """
    private static let updateAccount: Statement = """
        UPDATE accounts SET roles = $1, password_hash = $2, totp_sealed = $3, totp_step = $4,
            oidc_issuer = $5, oidc_subject = $6, capacity = $7, must_change_password = $8,
            disabled_at = $9, password_until = $10, password_set_at = $11, organisation = $12,
            sealed = $13
        WHERE id = $14
        """
    private static let changeLogin: Statement =
        "UPDATE accounts SET login_index = $1 WHERE id = $2"
    /// Changes nothing, and holds the row: SQLite has no `FOR UPDATE`, and needs none.
    private static let lockAccount: Statement =
        "UPDATE accounts SET created_at = created_at WHERE id = $1"
    private static let lockAll: Statement =
        "UPDATE installation SET value = value WHERE name = $1"
    private static let useStep: Statement = """
        UPDATE accounts SET totp_step = $1
        WHERE id = $2 AND (totp_step IS NULL OR totp_step < $1)
        """
    private static let deleteAccount: Statement = "DELETE FROM accounts WHERE id = $1"
    private static let deleteSessions: Statement = "DELETE FROM sessions WHERE account_id = $1"

    /// Seals who an account is.
    ///
    /// - Returns: nil when it is a resident's who is not known, or has been erased.
    package func seal(
        _ identity: AccountIdentity,
        of account: UserID,
        person: PersonID?,
        in transaction: any Transaction
    ) throws -> [UInt8]? {
        let place = Self.place(of: account)
        guard let person else { return try vault.seal(identity.bytes, at: place) }
        guard let key = try self.person(person, in: transaction)?.key else { return nil }
        return try key.seal(identity.bytes, at: place)
    }

    /// Adds an account.
    ///
    /// - Returns: false when its login or its person has an account already.
    package func add(
        _ account: StoredAccount,
        login: String,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(
            Self.insertAccount,
            [
                .text(account.id.text), .text(account.organisation), .blob(loginIndex(login)),
                .blob(account.sealed), .text(account.roles), SQLValue(account.person?.text),
                SQLValue(account.passwordHash), SQLValue(account.capacity),
                SQLValue(account.mustChangePassword), .int(account.createdAt.milliseconds),
                SQLValue(account.passwordUntil?.milliseconds),
            ]
        ) == 1
    }

    /// An account that is about to be changed, locked until the transaction ends.
    package func accountToChange(
        _ id: UserID,
        in transaction: any Transaction
    ) throws -> StoredAccount? {
        try transaction.execute(Self.lockAccount, [.text(id.text)])
        return try account(id, in: transaction)
    }

    /// Lets one change to the accounts follow another, where it depends on more than one of them.
    package func lockAccounts(in transaction: any Transaction) throws {
        try transaction.execute(Self.lockAll, ["key-check"])
    }

    /// Keeps everything of an account that can change, apart from its login.
    package func update(_ account: StoredAccount, in transaction: any Transaction) throws {
        try transaction.execute(
            Self.updateAccount,
            [
                .text(account.roles), SQLValue(account.passwordHash), SQLValue(account.totpSealed),
                SQLValue(account.totpStep), SQLValue(account.issuer), SQLValue(account.subject),
                SQLValue(account.capacity), SQLValue(account.mustChangePassword),
                SQLValue(account.disabledAt?.milliseconds),
                SQLValue(account.passwordUntil?.milliseconds),
                SQLValue(account.passwordSetAt?.milliseconds), .text(account.organisation),
                .blob(account.sealed), .text(account.id.text),
            ]
        )
    }

    /// Keeps by which login an account is found from now on.
    package func change(
        login: String,
        of account: UserID,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(
            Self.changeLogin,
            [.blob(loginIndex(login)), .text(account.text)]
        )
    }

    /// Uses up a step of the second factor.
    ///
    /// - Returns: false when it, or a later one, has been used.
    package func useStep(
        _ step: Int64,
        of account: UserID,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(Self.useStep, [.int(step), .text(account.text)]) == 1
    }

    /// Removes the account of a person who is erased, with all that hangs on it.
    func removeAccounts(of person: PersonID, in transaction: any Transaction) throws {
        guard let account = try account(of: person, in: transaction) else { return }
        let id = SQLValue.text(account.id.text)
        try transaction.execute(Self.deleteSessions, [id])
        try removeRecoveryCodes(of: account.id, in: transaction)
        try transaction.execute(Self.deleteAccount, [id])
    }
}
