import Foundation
import TestSupport
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// The server as a process, reached by its socket.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ServeTests {
    /// A served installation in a folder.
    private struct Served {
        var process: Process
        var address: String

        func ask(_ method: String, _ path: String) async throws -> (Int, String) {
            var request = URLRequest(url: try #require(URL(string: address + path)))
            request.httpMethod = method
            request.timeoutInterval = 60
            let (body, answer) = try await URLSession.shared.data(for: request)
            let http = try #require(answer as? HTTPURLResponse)
            return (http.statusCode, String(decoding: body, as: UTF8.self))
        }

        /// A header of the answer.
        func head(
            _ path: String,
            _ name: String,
            of method: String = "HEAD"
        ) async throws -> String? {
            var request = URLRequest(url: try #require(URL(string: address + path)))
            request.httpMethod = method
            request.timeoutInterval = 60
            let (_, answer) = try await URLSession.shared.data(for: request)
            return try #require(answer as? HTTPURLResponse).value(forHTTPHeaderField: name)
        }

        /// Tells it to stop.
        ///
        /// - Returns: its exit code; nil when it went on for a minute.
        func stop(_ signal: Int32) async throws -> Int32? {
            kill(process.processIdentifier, signal)
            let deadline = ContinuousClock.now + .seconds(60)
            while process.isRunning, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(20))
            }
            if process.isRunning {
                kill(process.processIdentifier, SIGKILL)
                return nil
            }
            process.waitUntilExit()
            return process.terminationReason == .exit ? process.terminationStatus : nil
        }
    }

    /// Starts `goodwork serve` on a free port and waits until it says where.
    private func serve(_ program: Program, _ name: String = "one") async throws -> Served {
        let output = "\(program.folder)/\(name).out"
        let process = try program.start(
            ["serve", "--port", "0"],
            output: output,
            errors: "\(program.folder)/\(name).err"
        )
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            let said = try String(contentsOfFile: output, encoding: .utf8)
            if let start = said.range(of: "http://"), said.hasSuffix("\n") {
                let rest = said[start.lowerBound...]
                return Served(
                    process: process,
                    address: String(rest.prefix { $0 != " " }.dropLast())
                )
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        kill(process.processIdentifier, SIGKILL)
        let errors = try String(contentsOfFile: "\(program.folder)/\(name).err", encoding: .utf8)
        throw NotServed(errors: errors)
    }

    private struct NotServed: Error {
        var errors: String
    }

    @Test("It answers until it is told to stop", arguments: [SIGTERM, SIGINT])
    func wholeWay(_ signal: Int32) async throws {
        try await withProgram { program in
            #expect(try await program.run("init").exit == 0)
            let served = try await serve(program)
            do {
                #expect(try await served.ask("GET", "/health/live") == (200, "live\n"))
                #expect(try await served.ask("GET", "/health/ready") == (200, "ready\n"))
                #expect(try await served.ask("HEAD", "/health/live") == (200, ""))
                #expect(try await served.head("/health/live", "Content-Length") == "5")
                #expect(try await served.head("/refer", "Allow", of: "DELETE") == "GET, HEAD, POST")
                let (status, page) = try await served.ask("GET", "/sign-in")
                #expect(status == 200)
                #expect(page.contains("<h1"))
                // Whatever the start page is, it is a page of ours.
                let (start, words) = try await served.ask("GET", "/")
                #expect([200, 404].contains(start) && words.contains("Goodwork"))
                for method in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
                    #expect(try await served.ask(method, "/").0 == 405, "\(method)")
                }
                #expect(try await served.ask("GET", "/nothing-here").0 == 404)
            } catch {
                _ = try await served.stop(SIGKILL)
                throw error
            }
            #expect(try await served.stop(signal) == 0)
            #expect(try await program.run("verify").exit == 0)
        }
    }

    @Test("A port that is taken is named, and what cannot be used is refused")
    func faults() async throws {
        try await withProgram { program in
            let nothing = try await program.run("serve", "--port", "0")
            #expect(nothing.exit == 4, "\(nothing.errors)")
            #expect(try await program.run("init").exit == 0)
            let served = try await serve(program)
            let port = String(served.address.split(separator: ":").last ?? "")
            let taken = try await program.run("serve", "--port", port)
            #expect(try await served.stop(SIGTERM) == 0)
            #expect(taken.exit == 1)
            #expect(taken.errors.contains("Another program listens"), "\(taken.errors)")

            // A key of GOV.UK Notify as it should be, without a template to send.
            let notifyKey =
                "test-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
            for (name, value) in [
                ("GOODWORK_PORT", "many"), ("GOODWORK_PORT", "70000"),
                ("GOODWORK_TRUST_PROXY", "perhaps"), ("GOODWORK_TLS_KEY", "key.pem"),
                ("GOODWORK_FORMS_PER_MINUTE", "many"), ("GOODWORK_FORMS_PER_MINUTE", "-1"),
                ("GOODWORK_ADDRESS", "work.example.org"),
                ("GOODWORK_ADDRESS", "https://example.org/work"),
                ("GOODWORK_ADDRESS", "https://example.org:99999"),
                ("GOODWORK_ADDRESS", "https://"), ("GOODWORK_ADDRESS", "https://:443"),
                ("GOODWORK_ASSETS", "/nowhere"), ("GOODWORK_SESSION_MINUTES", "0"),
                ("GOODWORK_SESSION_MINUTES", "721"),
                ("GOODWORK_SESSION_MINUTES", "5m"), ("GOODWORK_EXPORT_HOURS", "169"),
                ("GOODWORK_NOTIFY_KEY", notifyKey), ("GOODWORK_NOTIFY_TEXT_TEMPLATE", "told"),
                ("GOODWORK_NOTIFY_URL", "http://127.0.0.1:1"),
                ("GOODWORK_MAIL_FROM", "goodwork@example.org"),
                ("GOODWORK_SMTP", "smtp://127.0.0.1:2525"),
            ] {
                var other = program
                other.environment[name] = value
                let outcome = try await other.run("serve")
                #expect(outcome.exit == 64, "\(name)=\(value): \(outcome.errors)")
            }
            // A file that is there, and is no certificate.
            var unsure = program
            let words = program.folder + "/words.pem"
            try "no certificate".write(toFile: words, atomically: true, encoding: .utf8)
            unsure.environment["GOODWORK_TLS_CERTIFICATE"] = words
            unsure.environment["GOODWORK_TLS_KEY"] = words
            let unread = try await unsure.run("serve", "--port", "0")
            #expect(unread.exit == 64, "\(unread.errors)")
            #expect(unread.errors.contains("GOODWORK_TLS_CERTIFICATE, \(words)"))
            var bare = program
            bare.environment["GOODWORK_PROGRAMMES"] = "/nowhere"
            let unruled = try await serve(bare, "bare")
            #expect(try await unruled.stop(SIGTERM) == 0)
            let said = try String(contentsOfFile: program.folder + "/bare.err", encoding: .utf8)
            #expect(said.contains("no programme files in the folder /nowhere"), "\(said)")
        }
    }
}
