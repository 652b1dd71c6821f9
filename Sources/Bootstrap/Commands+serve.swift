import Application
import Foundation
import Server
import WebAPI
import WebPages

extension Commands {
    /// Serves an installation's pages until it is told to stop.
    public static func serve(
        _ configuration: Configuration,
        _ settings: ServeSettings,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        do {
            try await serve(installation, settings, terminal)
        } catch {
            try? await installation.close()
            throw error
        }
        try await installation.close()
    }

    /// Serves an installation that is open, and leaves it open.
    static func serve(
        _ installation: Installation,
        _ settings: ServeSettings,
        _ terminal: Terminal
    ) async throws {
        let isDemonstration = try await !installation.goodwork.demonstrationSignIns().isEmpty
        if isDemonstration, !settings.isLocal {
            throw CommandError(
                "A demonstration lets anybody in, so it is served on this machine only: "
                    + "use the host 127.0.0.1, not \(settings.server.host).",
                exit: .refused
            )
        }
        let library = installation.goodwork.library
        if library.ids().isEmpty {
            // The database may hold programmes too, so it is served all the same.
            terminal.say(
                "There are no programme files in the folder \(library.directory). "
                    + "GOODWORK_PROGRAMMES names another."
            )
        }
        let answer = try await installation.answering(
            settings.site,
            api: settings.apiLimit
        ) { terminal.say($0) }
        let server = Server(settings.server, answer: answer)
        let sending = sending(
            try MessengerSettings().messengers(
                address: settings.site.address,
                service: settings.site.name
            ) { terminal.say($0) },
            installation.goodwork
        )
        let telling = telling(
            HookSettings.senders(
                installation.goodwork.hookRules,
                address: settings.site.address
            ) { terminal.say($0) },
            installation.goodwork
        )
        let exporting = exporting(installation.goodwork) { terminal.say($0) }
        defer {
            sending?.cancel()
            telling.cancel()
            exporting.cancel()
        }
        do {
            try await server.run { port in
                terminal.print(
                    terminal.json
                        ? "{\"address\":\"\(settings.ownAddress(port))\"}"
                        : "Serving at \(settings.ownAddress(port)). Ctrl-C stops it."
                )
            }
            sending?.cancel()
            telling.cancel()
            exporting.cancel()
            await sending?.value
            await telling.value
            await exporting.value
        } catch is Server.PortTaken {
            throw CommandError(
                "Another program listens at \(settings.server.host), port "
                    + "\(settings.server.port). Stop it, or name another port with --port."
            )
        } catch let fault as Server.UnusableTLS {
            throw unusable(fault, settings.server)
        }
    }

    private static func unusable(
        _ fault: Server.UnusableTLS,
        _ settings: Server.Settings
    ) -> CommandError {
        let certificate = "GOODWORK_TLS_CERTIFICATE, \(settings.certificate ?? "")"
        let key = "GOODWORK_TLS_KEY, \(settings.key ?? "")"
        let says =
            switch fault {
            case .certificate: "There is no certificate as PEM in the file of \(certificate)."
            case .key: "There is no private key as PEM in the file of \(key)."
            case .pair: "The key of \(key), is not that of the certificate of \(certificate)."
            }
        return CommandError(says, exit: .usage)
    }

    /// Sends messages every few seconds until it is cancelled; nil where none can leave.
    private static func sending(
        _ messengers: Messengers,
        _ goodwork: Goodwork
    ) -> Task<Void, Never>? {
        if messengers.carriers.isEmpty { return nil }
        return Task {
            while !Task.isCancelled {
                do {
                    let round = try await goodwork.deliver(with: messengers)
                    // A service that does not answer is left alone for a while.
                    if round.total > 0, round.left == 0 { continue }
                } catch {
                    messengers.report("messages: \(error)")
                }
                try? await Task.sleep(for: .seconds(5))
            }
        }
    }

    /// Tells programs what they asked for, within seconds, until it is cancelled.
    private static func telling(
        _ senders: HookSenders,
        _ goodwork: Goodwork
    ) -> Task<Void, Never> {
        Task {
            var idleSeconds = 0
            while !Task.isCancelled {
                do {
                    let round = try await goodwork.deliverHooks(with: senders)
                    if round.total > 0 { continue }
                    if idleSeconds % 3_600 == 0 { try await goodwork.forgetOldDeliveries() }
                } catch {
                    senders.report("webhooks: \(error)")
                }
                idleSeconds += 1
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// Writes the records that programs asked for in bulk, one export at a time.
    private static func exporting(
        _ goodwork: Goodwork,
        report: @escaping @Sendable (String) -> Void
    ) -> Task<Void, Never> {
        Task(priority: .background) {
            let writer = FHIRRecords(goodwork, report: report)
            var idleSeconds = 0
            while !Task.isCancelled {
                do {
                    if try await goodwork.runExport(writer) { continue }
                    if idleSeconds % 60 == 0 { try await goodwork.forgetOldExports() }
                } catch {
                    // It is begun again where it stopped.
                    report("export: \(error)")
                }
                idleSeconds += 1
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}
