-- Presses 「応募を送る」 for one draft after another, and after each press asks for a receipt page: that of a draft which
-- was sent before the measuring, because wrk does not say on which connection a request goes.
local form = "csrf=" .. os.getenv("CSRF")
local sent, fresh, turn = {}, {}, 0
filed, shown, wrong = 0, 0, 0

local function read(name, tokens)
   for token in io.lines(os.getenv("FOLDER") .. "/" .. name) do tokens[#tokens + 1] = token end
end
read("sent", sent)
read("fresh", fresh)

local function ask(method, path, token, body)
   return wrk.format(method, path, {
      Cookie = os.getenv("COOKIE") .. "; draft=" .. token,
      ["Content-Type"] = body and "application/x-www-form-urlencoded" or nil }, body)
end

function request()
   turn = turn + 1
   local number = math.floor(turn / 2)
   if turn % 2 == 0 and #sent > 0 then return ask("GET", "/applications/done", sent[number % #sent + 1]) end
   return ask("POST", "/applications", fresh[#sent > 0 and number + 1 or turn], form)
end

function response(status, headers, body)
   if status == 303 and headers["Location"] == "/applications/done" then
      filed = filed + 1
   elseif status == 200 and body:find('class="big">%d%d%-') then
      shown = shown + 1
   else
      wrong = wrong + 1
   end
end

local threads = {}
function setup(thread) threads[#threads + 1] = thread end

function done(summary)
   local t = threads[1]
   io.write(string.format("SUBMIT %d %d %d %d\n", t:get("filed"), t:get("shown"), t:get("wrong"), summary.duration))
end
