-- What both loads share: counts answers that were not expected, and prints the figures.

local threads = {}

function setup(thread)
  thread:set("place", #threads)
  table.insert(threads, thread)
end

function response(status)
  if status ~= expected then wrong = wrong + 1 end
end

function done(summary, latency)
  local errors = summary.errors
  local bad = errors.connect + errors.read + errors.write + errors.timeout
  for _, thread in ipairs(threads) do bad = bad + thread:get("wrong") end
  io.write(string.format(
    "figures %d %d %d %d %d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), bad
  ))
end
