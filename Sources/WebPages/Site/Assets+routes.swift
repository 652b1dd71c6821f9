import Web

extension Assets {
    /// A way to each file, for anybody.
    ///
    /// The path changes with the content, so a browser may keep what it has for a year
    /// (RFC 9111, 5.2.2; RFC 8246).
    package var routes: [PageRoute] {
        files.map { file in
            .get(file.path, .anyone) { _ in
                Response(
                    headers: [
                        ("Content-Type", file.type),
                        ("Cache-Control", "public, max-age=31536000, immutable"),
                    ],
                    body: file.body
                )
            }
        }
    }
}
