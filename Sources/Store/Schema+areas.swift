import SQL

extension Schema {
    /// Which area each postcode lies in, and how deprived it is; and the fact that follows from it.
    static let areas: [Statement] = [
        """
        CREATE TABLE postcode_areas (
            postcode TEXT PRIMARY KEY,
            lsoa TEXT NOT NULL,
            decile BIGINT NOT NULL
        )
        """,
        Statement("ALTER TABLE facts ADD COLUMN \(FactsColumns.addedByAreas) TEXT"),
    ]
}
