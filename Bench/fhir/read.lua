-- Reads resources by their ids, one after the other and again; every answer has to be 200.
--
-- wrk -s Bench/fhir/read.lua ADDRESS -- AUTHORIZATION IDS RUN
--
-- IDS is a file with an id a line; ADDRESS ends where the id goes.

dofile("Bench/serving/figures.lua")

local requests = {}
local number = 0

function init(arguments)
  wrk.headers["Authorization"] = arguments[1]
  for id in io.lines(arguments[2]) do
    table.insert(requests, wrk.format("GET", wrk.path .. id))
  end
  expected = 200
  wrong = 0
end

function request()
  number = number % #requests + 1
  return requests[number]
end
