-- Sends the referral form, each time of a new person and with a key of its own; every answer has
-- to be 303. The same form goes to Goodwork and to its twin.
--
-- wrk -s Bench/serving/refer.lua ADDRESS -- COOKIE CSRF RUN
--
-- RUN, 0 to 9, keeps the people of one run apart from those of another.

dofile("Bench/serving/figures.lua")
dofile("Bench/serving/people.lua")

local given = { "Amina", "Brian", "Carol", "Dawit", "Elsie", "Farah", "Gwen", "Hugo" }
local family = { "Ahmed", "Barlow", "Clegg", "Dobson", "Entwistle", "Farooq", "Grant", "Holt" }

function init(arguments)
  wrk.headers["Cookie"] = arguments[1]
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  csrf = arguments[2]
  run = tonumber(arguments[3])
  expected = 303
  wrong = 0
end

function request()
  local digits, number = next_person(run, place)
  local body = "_csrf=" .. csrf .. "&_key=bench-" .. digits .. "&programme=&nhs_number=" .. digits
    .. "&given_name=" .. given[number % #given + 1]
    .. "&family_name=" .. family[number % #family + 1] .. number
    .. "&birth_date=" .. (number % 28 + 1) .. "+" .. (number % 12 + 1) .. "+" .. (1960 + number % 40)
    .. "&employment_status=in-work&condition=msk&consent=yes&share=yes&source=secondary-care"
    .. "&ask_health_condition=yes&postcode=M20+2LS&phone=0161+496+0000"
    .. "&email=p" .. digits .. "%40example.org&gender=female&ethnicity=A"
    .. "&note=Prefers+to+be+called+after+four+in+the+afternoon."
  return wrk.format("POST", nil, nil, body)
end
