-- Nine tenths pages, the rest badges; each connection thinks between its requests.
local folder = os.getenv("LOAD_FOLDER")
local think = tonumber(os.getenv("LOAD_THINK_MS"))
local pages, badges = {}, {}
wrk.headers["Host"] = os.getenv("LOAD_HOST")
for line in io.lines(folder .. "/pages") do
   local weight, path, cookie = line:match("^(%d+)\t([^\t]+)\t(.*)$")
   local headers = cookie ~= "" and { Cookie = cookie } or {}
   for _ = 1, tonumber(weight) do pages[#pages + 1] = wrk.format("GET", path, headers) end
end
for token in io.lines(folder .. "/badges") do
   badges[#badges + 1] = wrk.format("GET", "/ob2/assertions/" .. token, { Accept = "application/ld+json" })
end

local threads = {}
function setup(thread)
   thread:set("number", #threads + 1)
   threads[#threads + 1] = thread
end

function init()
   math.randomseed(number)
   page_count, badge_count, wrong = 0, 0, 0
end

function request()
   if math.random(98) <= 90 then
      page_count = page_count + 1
      return pages[math.random(#pages)]
   end
   badge_count = badge_count + 1
   return badges[math.random(#badges)]
end

function delay() return math.random(0, 2 * think) end

function response(status)
   if status ~= 200 then
      wrong = wrong + 1
      if wrong <= 5 then io.stderr:write("an answer of status " .. status .. "\n") end
   end
end

function done(summary, latency)
   local sum = { page_count = 0, badge_count = 0, wrong = 0 }
   for _, thread in ipairs(threads) do
      for name in pairs(sum) do sum[name] = sum[name] + thread:get(name) end
   end
   local e = summary.errors
   io.write(string.format(
      "LOAD %d %d %d %d %f %f %f %f\n", sum.page_count, sum.badge_count, sum.wrong,
      e.connect + e.read + e.write + e.timeout, latency:percentile(50) / 1000,
      latency:percentile(95) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
