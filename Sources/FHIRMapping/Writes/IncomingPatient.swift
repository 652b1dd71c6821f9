import Casework
import FHIRModel
import Kernel

extension Incoming {
    /// Fills who the person is, and what is coded of them.
    mutating func read(
        _ patient: FHIRElement,
        into referral: inout ReferralReceived,
        on day: CivilDate
    ) {
        readName(patient, &referral.identity)
        readNumber(patient, &referral.identity)
        readBirth(patient, &referral, on: day)
        for contact in patient.all("telecom") {
            guard let value = contact["value"]?.text else { continue }
            switch contact["system"]?.text {
            case "phone", "sms": referral.identity.phone = referral.identity.phone ?? value
            case "email": referral.identity.email = referral.identity.email ?? value
            default: break
            }
        }
        readAddress(patient, &referral)
        referral.gender = patient["gender"]?.text
        readEthnicity(patient, &referral)
        readPractice(patient, &referral)
        if patient["deceased"]?.bool == true || patient["deceased"]?.time != nil {
            fault(.businessRule, patient["deceased"], "Somebody who has died cannot be referred.")
        }
    }

    private mutating func readName(_ patient: FHIRElement, _ identity: inout Identity) {
        let names = patient.all("name").filter { $0["use"]?.text != "old" }
        guard let name = names.first(where: { $0["use"]?.text == "official" }) ?? names.first else {
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

    private mutating func readNumber(_ patient: FHIRElement, _ identity: inout Identity) {
        guard let number = patient.identifier(of: Systems.nhsNumber), let value = number["value"],
            let text = value.text
        else { return }
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

    private mutating func readAddress(_ patient: FHIRElement, _ referral: inout ReferralReceived) {
        let addresses = patient.all("address").filter { $0["use"]?.text != "old" }
        guard let address = addresses.first(where: { $0["use"]?.text == "home" }) ?? addresses.first
        else { return }
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
            guard let code = ODSCode(text) else {
                fault(.value, coded, "This is not an ODS code, such as P84001.")
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
