import CPostgres

/// Keeps the last warning that the server sent, instead of printing it.
final class PostgresNotices {
    var warning: String?

    /// Begins to listen; it must live as long as the connection.
    func listen(to connection: OpaquePointer) {
        let receiver = Unmanaged.passUnretained(self).toOpaque()
        PQsetNoticeReceiver(
            connection,
            { receiver, result in
                guard let receiver,
                    PostgresField.severity.read(result) == "WARNING"
                else { return }
                let notices = Unmanaged<PostgresNotices>.fromOpaque(receiver).takeUnretainedValue()
                notices.warning = PostgresField.message.read(result) ?? "a warning"
            },
            receiver
        )
    }
}
