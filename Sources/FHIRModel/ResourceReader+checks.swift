import Kernel

extension ResourceReader {
    /// What an object as a whole must satisfy.
    mutating func check(_ table: FHIRSchema.TypeRow, _ seen: Seen, _ at: Int) {
        let given = seen.values | seen.companions
        if given == 0, !seen.hasType { note(.structure, "An object is not empty.") }
        var missing = table.required & ~given
        while missing != 0 {
            let row = table.rows.lowerBound + missing.trailingZeroBitCount
            note(.required, "This element is needed.", UInt16(row), 0, isWhole: true)
            missing &= missing - 1
        }
        for choice in schema.choices[table.choices] {
            let made = given & choice.bits
            if made == 0, !choice.isRequired { continue }
            let row = table.rows.lowerBound + choice.bits.trailingZeroBitCount
            if made == 0 {
                note(.required, "This element is needed.", UInt16(row), 0, isWhole: true)
            } else if made & (made - 1) != 0 {
                note(.structure, "Only one type of it may be given.", UInt16(row), 0)
            }
        }
        if seen.hasGaps { checkGaps(at) }
        if Int(nodes[at].type) == schema.extensionType { checkExtension(at) }
    }

    /// Each gap among repetitions needs an extension in its place (json.html, primitives).
    private mutating func checkGaps(_ at: Int) {
        var filled: Set<[Int32]> = []
        var gaps: [(row: UInt16, place: Int32)] = []
        var index = at + 1
        while index < nodes[at].next {
            let node = nodes[index]
            if node.kind == .null {
                gaps.append((node.row, node.place))
            } else {
                filled.insert([Int32(node.row), node.place])
            }
            index = Int(node.next)
        }
        for gap in gaps where !filled.contains([Int32(gap.row), gap.place]) {
            let says = "null stands only where an extension stands in its place."
            note(.structure, says, gap.row, Int(gap.place))
            // A value and its extension that are both null are told once.
            filled.insert([Int32(gap.row), gap.place])
        }
    }

    /// An extension has a value or extensions, never both (invariant ext-1).
    private mutating func checkExtension(_ at: Int) {
        var hasValue = false
        var hasExtensions = false
        var index = at + 1
        while index < nodes[at].next {
            let element = schema.elements[Int(nodes[index].row)]
            if element.choice != nil { hasValue = true }
            if element.name == "extension" { hasExtensions = true }
            index = Int(nodes[index].next)
        }
        if hasValue == hasExtensions {
            note(.invariant, "An extension has a value or extensions, and not both (ext-1).")
        }
    }

    /// Codes of a concept, and the type that a reference leads to.
    mutating func checkBound(_ row: Int, _ at: Int, _ place: Int) {
        if schema.rows[row].hasTargets { checkTarget(row, at, place) }
        let set = Int(schema.rows[row].codes)
        guard set >= 0 else { return }
        let known = schema.codeSets[set]
        var codings = 0
        var index = at + 1
        while index < nodes[at].next {
            let node = nodes[index]
            if schema.elements[Int(node.row)].name == "coding" {
                codings += 1
                let code = text(of: "code", in: index)
                let system = text(of: "system", in: index)
                if system == known.system, let code, known.codes.contains(code) { return }
            }
            index = Int(node.next)
        }
        let says =
            "A code of \(known.system ?? known.name) is needed: "
            + known.codes.joined(separator: ", ") + "."
        note(.codeInvalid, says, UInt16(row), place)
    }

    private mutating func checkTarget(_ row: Int, _ at: Int, _ place: Int) {
        guard let reference = bytes(ofRow: schema.referenceRow, in: at),
            let name = FHIRReference.typeName(in: reference),
            let targets = schema.elements[row].targets,
            !targets.contains(where: { $0.utf8.elementsEqual(name) })
        else { return }
        let type = String(decoding: name, as: UTF8.self)
        let says = "A reference to \(targets.joined(separator: ", ")) is needed, not to \(type)."
        note(.value, says, UInt16(row), place)
    }

    /// The bytes of a child of a node, by its row, that has no escapes.
    private func bytes(ofRow row: Int, in at: Int) -> UnsafeBufferPointer<UInt8>? {
        var index = at + 1
        while index < nodes[at].next {
            let node = nodes[index]
            if node.kind == .plain, !node.isCompanion, Int(node.row) == row {
                return UnsafeBufferPointer(
                    rebasing: json.bytes[Int(node.start) + 1..<Int(node.end) - 1]
                )
            }
            index = Int(node.next)
        }
        return nil
    }

    /// The text of a child of a node that has no escapes.
    private func text(of name: String, in at: Int) -> String? {
        var index = at + 1
        while index < nodes[at].next {
            let node = nodes[index]
            if node.kind == .plain, !node.isCompanion,
                schema.elements[Int(node.row)].name == name
            {
                let bytes = json.bytes[Int(node.start) + 1..<Int(node.end) - 1]
                return String(decoding: UnsafeBufferPointer(rebasing: bytes), as: UTF8.self)
            }
            index = Int(node.next)
        }
        return nil
    }

    // MARK: - Issues

    /// Notes an issue of an element of the object that is open, or of the object itself.
    ///
    /// - Parameter isWhole: about all of its repetitions, or that it is not there.
    mutating func note(
        _ code: FHIRIssue.Code,
        _ says: String,
        _ row: UInt16 = FHIRNode.noRow,
        _ place: Int = 0,
        isWhole: Bool = false,
        isWarning: Bool = false
    ) {
        guard issues.count < limits.issuesMax, warnings.count < limits.issuesMax else { return }
        var path = FHIRPath.path(open, nodes, schema)
        if row != FHIRNode.noRow {
            let place = isWhole ? nil : place
            path = FHIRPath.adding(Int(row), place, to: path, schema)
        }
        var issue = FHIRIssue(code, at: path.isEmpty ? nil : path, says)
        if isWarning {
            issue.severity = .warning
            warnings.append(issue)
        } else {
            issues.append(issue)
        }
    }

    /// Notes an issue of an element as a whole.
    mutating func note(_ code: FHIRIssue.Code, _ says: String, _ row: Int) {
        note(code, says, UInt16(row), 0, isWhole: true)
    }

    /// An element that the type does not have: refused, or left out with a warning.
    mutating func unknown(_ key: String, _ table: FHIRSchema.TypeRow) {
        let names = schema.elements[table.rows].map(\.name)
        let near = nearestSpelling(to: key, in: names).map { " Did you mean \($0)?" } ?? ""
        let says = "There is no element \(key) here.\(near)"
        note(.structure, says, isWarning: limits.isLenient)
    }

    mutating func noteModifier(_ row: Int, _ place: Int) {
        if schema.elements[row].name == "implicitRules" {
            let says = "This system knows no implicit rules, and may not read past them."
            note(.notSupported, says, UInt16(row), place, isWhole: true)
        } else {
            let says = "This system knows no modifier extension, and may not read past one."
            note(.extension, says, UInt16(row), place)
        }
    }
}

/// Paths of nodes, in the part of FHIRPath that an OperationOutcome uses.
enum FHIRPath {
    /// The path of nodes that stand within one another, from the resource down.
    static func path(_ open: [Int], _ nodes: [FHIRNode], _ schema: FHIRSchema) -> String {
        var path = ""
        for at in open {
            let node = nodes[at]
            if node.row == FHIRNode.noRow {
                path = schema.typeNames[Int(node.type)]
            } else {
                path = adding(Int(node.row), Int(node.place), to: path, schema)
            }
        }
        return path
    }

    /// The path of an element within an object; without a place, of all its repetitions.
    static func adding(
        _ row: Int,
        _ place: Int?,
        to path: String,
        _ schema: FHIRSchema
    ) -> String {
        let element = schema.elements[row]
        let place = element.isMany ? place.map { "[\($0)]" } ?? "" : ""
        return "\(path).\(element.stem)\(place)"
    }
}
