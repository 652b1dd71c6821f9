import Kernel
import SQL

extension Store {
    private static let insertCode: Statement =
        "INSERT INTO recovery_codes (account_id, code_index) VALUES ($1, $2) ON CONFLICT DO NOTHING"
    private static let deleteCode: Statement =
        "DELETE FROM recovery_codes WHERE account_id = $1 AND code_index = $2"
    private static let deleteCodes: Statement = "DELETE FROM recovery_codes WHERE account_id = $1"
    private static let countCodes: Statement =
        "SELECT count(*) FROM recovery_codes WHERE account_id = $1"

    /// Keeps the keyed hashes of an account's recovery codes, in place of those before.
    package func keep(
        recoveryCodes codes: [String],
        of account: UserID,
        in transaction: any Transaction
    ) throws {
        try removeRecoveryCodes(of: account, in: transaction)
        let id = SQLValue.text(account.text)
        try transaction.executeMany(
            Self.insertCode,
            codes.map { [id, .blob(index(ofCode: $0, account))] }
        )
    }

    /// Uses up a recovery code.
    ///
    /// - Returns: false when it is none of the account's.
    package func use(
        recoveryCode code: String,
        of account: UserID,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(
            Self.deleteCode,
            [.text(account.text), .blob(index(ofCode: code, account))]
        ) == 1
    }

    package func removeRecoveryCodes(
        of account: UserID,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(Self.deleteCodes, [.text(account.text)])
    }

    /// How many recovery codes are left.
    package func recoveryCodesLeft(
        of account: UserID,
        in transaction: any Transaction
    ) throws -> Int {
        try transaction.first(Self.countCodes, [.text(account.text)]) { Int(try $0.int(0)) } ?? 0
    }

    private func index(ofCode code: String, _ account: UserID) -> [UInt8] {
        vault.index("recovery-code", "\(account.text):\(code)")
    }
}
