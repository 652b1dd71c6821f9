import Casework
import FHIRModel
import Kernel

extension Incoming {
    /// Fills who the person is, and what is coded of them.
    ///
    /// - Parameters:
    ///   - day: of the referral.
    ///   - today: the day on which a name, a number or an address has to be in use.
    mutating func read(
        _ patient: FHIRElement,
        into referral: inout ReferralReceived,
        on day: CivilDate,
        today: CivilDate
    ) {
        readName(patient, &referral.identity, today)
        readNumber(patient, &referral.identity, today)
        readBirth(patient, &referral, on: day)
        readContacts(patient, &referral.identity, today)
        readAddress(patient, &referral, today)
        referral.gender = patient["gender"]?.text
        readEthnicity(patient, &referral)
        readPractice(patient, &referral)
        checkUse(patient)
    }

    /// Whether the record of the person is one to go by.
    private mutating func checkUse(_ patient: FHIRElement) {
        if patient["deceased"]?.bool == true || patient["deceased"]?.time != nil {
            let says = "Somebody who has died cannot be referred."
            return fault(.businessRule, patient["deceased"], says)
        }
        if let active = patient["active"], active.bool == false {
            let says = "This record of the person is not in use: send the one that is."
            fault(.businessRule, active, says)
        }
        if let link = patient.all("link").first(where: { $0["type"]?.text == "replaced-by" }) {
            fault(.businessRule, link, "This record is replaced by another: send that one.")
        }
    }

    private mutating func readName(
        _ patient: FHIRElement,
        _ identity: inout Identity,
        _ today: CivilDate
    ) {
        guard let name = patient.current("name", on: today, first: "official", "usual").first else {
            return fault(.required, patient, "name", "Give the person's name.")
        }
        let given = name.all("given").compactMap(\.text).joined(separator: " ")
        identity.givenName = given.isEmpty ? nil : given
        identity.familyName = name["family"]?.text
        if given.isEmpty { fault(.required, name, "given", "Give the first name.") }
        if identity.familyName == nil { fault(.required, name, "family", "Give the last name.") }
        if let problem = identity.givenName.flatMap(Identity.problem(withName:)) {
            fault(.value, name, "given", "The first name \(problem).")
        }
        if let problem = identity.familyName.flatMap(Identity.problem(withName:)) {
            fault(.value, name, "family", "The last name \(problem).")
        }
    }

    /// The first telephone number and the first email address, held to what any page holds them to.
    private mutating func readContacts(
        _ patient: FHIRElement,
        _ identity: inout Identity,
        _ today: CivilDate
    ) {
        // What is held here may be older than the rule, and is not the sender's to put right.
        let cameAlong = all(patient.type).contains { $0.path == patient.path }
        for contact in patient.current("telecom", on: today) {
            guard let value = contact["value"], let text = value.text else { continue }
            let says: String?
            switch contact["system"]?.text {
            case "phone", "sms":
                guard identity.phone == nil else { continue }
                identity.phone = text
                says = Identity.problem(withPhone: text).map { "The telephone number \($0)." }
            case "email":
                guard identity.email == nil else { continue }
                identity.email = text
                says = Identity.problem(withEmail: text).map { "The email address \($0)." }
            default: continue
            }
            if cameAlong, let says { fault(.value, value, says) }
        }
    }

    private mutating func readNumber(
        _ patient: FHIRElement,
        _ identity: inout Identity,
        _ today: CivilDate
    ) {
        let numbers = patient.current("identifier", on: today, first: "official", "usual")
            .filter { $0["system"]?.text == Systems.nhsNumber }
        guard let value = numbers.first?["value"], let text = value.text else { return }
        identity.nhsNumber = NHSNumber(text)?.digits
        if let problem = NHSNumber.problem(with: text) {
            fault(.value, value, "The NHS number \(problem).")
        }
    }

    private mutating func readBirth(
        _ patient: FHIRElement,
        _ referral: inout ReferralReceived,
        on day: CivilDate
    ) {
        guard let birth = patient["birthDate"] else {
            return fault(.required, patient, "birthDate", "Give the date of birth.")
        }
        guard let born = birth.day else {
            return fault(.value, birth, "Give the whole date of birth: year, month and day.")
        }
        if born > day { return fault(.value, birth, "This is after the referral.") }
        referral.identity.birthDate = born.iso
        referral.age = born.age(on: day)
    }

    private mutating func readAddress(
        _ patient: FHIRElement,
        _ referral: inout ReferralReceived,
        _ today: CivilDate
    ) {
        guard let address = patient.current("address", on: today, first: "home").first else {
            return
        }
        let lines =
            address.all("line").compactMap(\.text) + [address["city"]?.text].compactMap { $0 }
        referral.identity.address =
            address["text"]?.text ?? (lines.isEmpty ? nil : lines.joined(separator: ", "))
        guard let code = address["postalCode"], let text = code.text else { return }
        guard let postcode = Postcode(text) else {
            return fault(.value, code, "This is not a postcode, such as M13 9PL.")
        }
        referral.identity.postcode = postcode.text
        referral.outwardCode = postcode.outward
    }

    private mutating func readEthnicity(_ patient: FHIRElement, _ referral: inout ReferralReceived)
    {
        guard let value = patient.extension(Systems.ethnicCategoryExtension)?["value"] else {
            return
        }
        guard let code = value.code(of: Systems.ethnicCategory) else { return }
        // UK Core codes may be longer than the category of 2001: `A1`, `CA`; those are not kept.
        guard EthnicCategory(rawValue: code) != nil else {
            return fault(.codeInvalid, value, "Give an ethnic category of 2001, A to Z or 99.")
        }
        referral.ethnicity = code
    }

    private mutating func readPractice(_ patient: FHIRElement, _ referral: inout ReferralReceived) {
        for reference in patient.all("generalPractitioner") {
            let organisation = resolve(reference)
            let coded =
                organisation?.identifier(of: Systems.odsCode)?["value"]
                ?? (reference["identifier"]?["system"]?.text == Systems.odsCode
                    ? reference["identifier"]?["value"] : nil)
            guard let coded, let text = coded.text else { continue }
            guard let code = ODSCode(practice: text) else {
                fault(.value, coded, "This is not an ODS code of a practice, such as P84001.")
                continue
            }
            referral.practice = code.text
        }
    }
}

extension Incoming {
    mutating func fault(_ code: FHIRIssue.Code, _ at: FHIRElement?, _ says: String) {
        fault(code, at, nil, says)
    }
}
