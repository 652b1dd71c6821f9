// Fills the referral form from the part of the address after "#", which no server is sent:
//   /refer#nhs_number=9990000018&given_name=Sam&programme=workwell-manchester
// Only fields that are blank are filled. The page is complete without this file.
"use strict";
(() => {
    const known = [
        "programme", "nhs_number", "given_name", "family_name", "birth_date", "postcode",
        "phone", "email", "gp_practice", "jobcentre", "gender", "ethnicity",
        "employment_status", "condition", "source",
    ];
    const given = new URLSearchParams(location.hash.slice(1));
    if (!known.some((name) => given.has(name))) return;
    for (const name of known) {
        const value = given.get(name);
        const fields = [...document.getElementsByName(name)];
        if (!value || fields.length === 0) continue;
        if (fields[0].type === "radio") {
            const wanted = fields.find((field) => field.value === value);
            if (wanted && !fields.some((field) => field.checked)) wanted.checked = true;
        } else if (!fields[0].value) {
            fields[0].value = value;
        }
    }
    // What names a person does not stay in the address or in the browser's history.
    history.replaceState(null, "", location.pathname + location.search);
})();
