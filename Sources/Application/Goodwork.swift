import Kernel
import Store

/// The use cases.
///
/// Pages, interfaces, imports and the command line all come in here.
package struct Goodwork: Sendable {
    package let store: Store
    package let library: ProgrammeLibrary
    package let costs: CostLibrary
    /// The time; a value, so that tests and simulations can set it.
    package let now: @Sendable () -> Instant
    package let passwords: any PasswordHashing
    package var signInRules: SignInRules
    /// The files of board packs.
    package var packs = PackLibrary(directory: "boards")
    /// What makes PDF and DOCX of them.
    package var press = Press()
    /// What webhooks and subscriptions may be.
    package var hookRules = HookRules()
    /// What is wrong with the search of a scope; whoever knows FHIR's searches says so.
    package var scopeProblem: ScopeProblem = { scope in
        scope.constraint == nil
            ? nil : Fault(field: "scopes", problem: "\(scope.text) cannot be read here")
    }
    /// For how long the files of an export are kept.
    package var exportHours = 24
    /// Facts kept between questions; every copy of this value shares it.
    let memory = FactsMemory()
    /// What was read of the register of releases, and counted for it.
    let released = ReleaseMemory()
    /// The service guide, kept until it changes.
    let guideMemory = GuideMemory()

    package init(
        store: Store,
        library: ProgrammeLibrary,
        costs: CostLibrary? = nil,
        now: @escaping @Sendable () -> Instant,
        passwords: any PasswordHashing = NoPasswords(),
        signInRules: SignInRules = SignInRules()
    ) {
        self.store = store
        self.library = library
        self.costs = costs ?? CostLibrary(besideProgrammes: library.directory)
        self.now = now
        self.passwords = passwords
        self.signInRules = signInRules
    }
}
