-- Refers by FHIR: sends a ServiceRequest that contains its Patient, Consent, Observation and answers,
-- each time of a new person; every answer has to be 201.
--
-- wrk -s Bench/fhir/create.lua ADDRESS -- AUTHORIZATION IDS RUN
--
-- RUN, 0 to 9, keeps the people of one run apart from those of another.

dofile("Bench/serving/figures.lua")
dofile("Bench/serving/people.lua")

local given = { "Amina", "Brian", "Carol", "Dawit", "Elsie", "Farah", "Gwen", "Hugo" }
local family = { "Ahmed", "Barlow", "Clegg", "Dobson", "Entwistle", "Farooq", "Grant", "Holt" }

local body = [[{"resourceType":"ServiceRequest","status":"active","intent":"order","contained":[
{"resourceType":"Patient","id":"p","birthDate":"%d-%02d-%02d","gender":"female",
"name":[{"use":"official","family":"%s","given":["%s"]}],
"identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"%s"}],
"telecom":[{"system":"phone","value":"0161 496 0000"},{"system":"email","value":"p%s@example.org"}],
"address":[{"line":["12 Acacia Avenue"],"city":"Manchester","postalCode":"M20 2LS"}]},
{"resourceType":"Consent","id":"c","status":"active",
"scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IDSCL"}]}],
"policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTIN"}]},
"provision":{"type":"permit","purpose":[
{"system":"https://goodwork.example/fhir/CodeSystem/consent-scope","code":"referral"},
{"system":"https://goodwork.example/fhir/CodeSystem/consent-scope","code":"share-with-referrer"}]}},
{"resourceType":"Observation","id":"o","status":"final",
"code":{"coding":[{"system":"http://loinc.org","code":"74165-2"}]},
"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"224459001"}]}},
{"resourceType":"QuestionnaireResponse","id":"q","status":"completed",
"questionnaire":"https://goodwork.example/fhir/Questionnaire/workwell-manchester",
"item":[{"linkId":"health-condition","answer":[{"valueBoolean":true}]}]}],
"identifier":[{"system":"https://clinic.example/referrals","value":"%s"}],
"category":[{"coding":[{"system":"https://goodwork.example/fhir/CodeSystem/source","code":"secondary-care"}]}],
"subject":{"reference":"#p"},
"reasonCode":[{"coding":[{"system":"https://goodwork.example/fhir/CodeSystem/condition","code":"msk"}]}],
"performer":[{"reference":"HealthcareService/workwell-manchester.be-well"}],
"note":[{"text":"Prefers to be called after four in the afternoon."}]}]]

function init(arguments)
  wrk.headers["Content-Type"] = "application/fhir+json"
  wrk.headers["Authorization"] = arguments[1]
  wrk.headers["Prefer"] = "return=minimal"
  run = tonumber(arguments[3])
  expected = 201
  wrong = 0
end

function request()
  local digits, number = next_person(run, place)
  return wrk.format("POST", nil, nil, string.format(
    body, 1960 + number % 40, number % 12 + 1, number % 28 + 1,
    family[number % #family + 1] .. number, given[number % #given + 1], digits, digits, digits
  ))
end
