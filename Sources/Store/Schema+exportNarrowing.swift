import SQL

extension Schema {
    /// What an export is narrowed to: some people, and what their records must be.
    static let exportNarrowing: [Statement] = [
        "ALTER TABLE exports ADD COLUMN filters TEXT",
        "ALTER TABLE exports ADD COLUMN patients TEXT",
    ]
}
