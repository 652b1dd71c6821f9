import Kernel
import Programmes

extension Case {
    /// The day on which the identity behind a closed case is to go; nil while it is open.
    package func retentionDue(in programme: Programme) -> CivilDate? {
        self[.closed]?.adding(months: 12 * programme.retentionYears)
    }
}
