-- Asks for one page, again and again; every answer has to be 200.
--
-- wrk -s Bench/serving/get.lua ADDRESS -- COOKIE

dofile("Bench/serving/figures.lua")

function init(arguments)
  wrk.headers["Cookie"] = arguments[1]
  expected = 200
  wrong = 0
end
