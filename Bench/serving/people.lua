-- Whom the loads refer: people with NHS numbers of the range that is kept for tests.

local number = 0

-- The ten digits of an NHS number; nil where there is no check digit.
local function nhs(place)
  local nine = string.format("999%06d", place)
  local sum = 0
  for index = 1, 9 do sum = sum + (nine:byte(index) - 48) * (11 - index) end
  local check = (11 - sum % 11) % 11
  if check == 10 then return nil end
  return nine .. check
end

-- The NHS number of the next person, and a number of theirs, apart from those of other runs, 0 to 9,
-- and threads, 0 and 1.
function next_person(run, place)
  local digits
  repeat
    number = number + 1
    digits = nhs((run * 2 + place) * 50000 + number)
  until digits
  return digits, number
end
