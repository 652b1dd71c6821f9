import Kernel
import Programmes

extension Programme {
    /// The people with a case in the programme, as a Group.
    ///
    /// Who they are, and how many, is not in it: that is for an export.
    package var group: FHIRView {
        FHIRView(
            "Group",
            id,
            built(
                ("identifier", .list([.identifier(Systems.identifier("service"), id)])),
                ("active", .bool(true)),
                ("type", .value("person")),
                ("actual", .bool(true)),
                (
                    "code",
                    .concept(.code(Systems.code("programme"), id, name), words: name)
                ),
                ("name", .text(name))
            )
        )
    }
}
