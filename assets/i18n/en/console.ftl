# The console. Class names, codes and states are never translated.

# First line and footer
screen-overview = Over
screen-errors = Errors
screen-connections = Conn
screen-recipes = Recipes
screen-objects = Objects
screen-activity = Activity
screen-limits = Limits
screen-jobs = Jobs
short-overview = Ovr
short-errors = Err
short-connections = Con
short-recipes = Rec
short-objects = Obj
short-activity = Act
short-limits = Lim
short-jobs = Job
reconnecting = RECONNECTING since
slow-link = slow link
too-small = syncdeck needs at least 50x12 characters; here are {$size}. Enlarge the window, or q to leave.
months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
today = today
last-hour = last 60 min
last-day = last 24 h
newest-first = newest first
worst-first = worst first
not-heard = Waiting for the engine ...
filter = filter
filter-none = Nothing matches. Esc takes the filter away.
rows-waiting = { $count ->
        [one] {$count} new row waits
       *[other] {$count} new rows wait
    }
sum = sum
yesterday = yesterday
yesterday-to = yesterday to { $time }
never = never

# Refusals and small facts
read-only = Read-only: nothing can be changed from here.
engine-lost = The engine cannot be reached; nothing was changed.
paste-refused = paste refused: no input is open here
copied = Copied ({$way}).
copy-failed = Could not copy.
undo-nothing = Nothing of this session to take back; choose a job on screen 8.
undo-done = Job {$job} was taken back.

# Dialogs
dialog-default = default: No
dialog-no = Enter or Esc  no, change nothing
dialog-type = Protected. Type {$count} and Enter to confirm:
prompt-keys = Enter  go on     Esc  leave everything as it is
palette-title = COMMANDS
help-title = KEYS
help-note = type to search, Esc closes

# Overview
needs-title = NEEDS YOU
needs-causes = { $count ->
        [one] {$count} cause
       *[other] {$count} causes
    }
needs-parked = {$count} parked
needs-waiting = {$count} waiting
needs-clear = 0 causes, all clear since {$time}
needs-why = cause
needs-next = next
needs-behind = { $count ->
        [one] {$count} change waits behind it and has not failed.
       *[other] {$count} changes wait behind it and have not failed.
    }
overview-last = last: {$what}
objects-title = OBJECTS
limits-title = LIMITS
now-title = NOW
throughput-title = THROUGHPUT
throughput-legend = :: done   ## failed
per-minute = per minute
limit-recipes = recipes

# Columns
col-cause = cause
col-happened = what happened
col-object = object
col-parked = parked
col-waiting = waiting
col-since = since
col-f-does = f does
col-created = created
col-updated = updated
col-deleted = deleted
col-skipped = skipped
col-failed = failed
col-last = last
col-way = way
col-code = code
col-message = what the other side said
col-records = records
col-first = first
col-latest = last
col-time = time
col-record = record
col-id = id
col-fields = fields
col-try = try
col-state = state
col-field = field
col-agreed = last agreed
col-send = {$system}, to send
col-there = {$system} now
col-done = op
col-took = took
col-job = job
col-by = by
col-result = result
col-name = name
col-change = change
col-run = run
col-why-unused = why unused
col-note = note
col-connection = connection
col-system = system
col-user = user
col-api-left = API left
col-recipes = recipes
col-last-ok = last ok
col-what = what
col-begun = start
col-progress = done/of
col-who = who
col-on = on what
col-why = why, from

# Remedies
remedy-reconnect = reconnect
remedy-free_recipes = pick 10 to free
remedy-wait = wait; see limits
remedy-retry = retry, safe now
remedy-show_diff = show field diff
remedy-ask_admin = copy for admin
remedy-open_pair = open the pair
remedy-open_mapping = open mapping
remedy-report = copy report
remedy-copied = The text to send was copied.
job-started-at = by {$by} at {$time}; {$skipped} left out, about {$calls} API calls

# Retrying
retry-title = RETRY {$what}
retry-everything = everything that is parked
retry-cause = this cause
retry-records = { $count ->
        [one] {$count} record
       *[other] {$count} records
    }
retry-can = {$count} that can succeed now.
retry-cost = { $calls ->
        [one] About {$calls} API call.
       *[other] About {$calls} API calls.
    }
retry-doubtful = { $count ->
        [one] {$count} fails again unless something was changed: {$classes}.
       *[other] {$count} fail again unless something was changed: {$classes}.
    }
retry-yes-doubtful = retry the {$count} all the same
retry-left-out = {$count} would fail again ({$classes}): left out.
retry-grace = It begins after 5 seconds; until then u takes it back.
retry-yes = retry the {$count}
retry-all = retry all {$count} all the same
retry-nothing = Nothing here can be retried.
retry-no-errors = This is no error of a record; f does what helps.
retry-filtered = R is about what is shown: open one of these causes, or take the filter away.
retry-foretell = R retries the {$count} that can succeed
retry-foretell-rest = {$count} would fail again: {$classes}
ignore-title = IGNORE {$what}
ignore-why = Why? The reason stands in the audit log.
ignore-needs-reason = Nothing was ignored: a reason is needed.
ignore-done = Ignored: {$what}.

# Jobs
job-begun = job {$job}: {$what}, {$of} to do; u takes it back
job-over = job {$job}: {$what}; u takes it back
job-waiting = job {$job}: {$what}, waits; {$done} of {$of} done, {$ok} ok, {$failed} failed
job-running = job {$job}: {$what}, {$done} of {$of}, {$ok} ok, {$failed} failed
job-done = job {$job}: {$what}, {$done} of {$of} done, {$ok} ok, {$failed} failed
job-stopped = job {$job}: {$what}, stopped after {$done} of {$of}, {$ok} ok, {$failed} failed
job-undone = job {$job}: {$what}, taken back; {$done} of {$of}, {$ok} ok, {$failed} failed
job-error-retry = retry errors
job-error-retry_all = retry errors
job-error-ignore = ignore errors
job-recipe-delete = delete recipes
job-recipe-pause = pause recipes
job-recipe-resume = resume recipes
job-recipe-restore = restore recipes
jobs-title = JOBS
jobs-none = No jobs yet.
jobs-foretell = Jobs run in the engine: close this window and they go on. Tab: audit.
audit-title = AUDIT
audit-note = who, what, on what, why
stop-title = STOP JOB {$job}?
stop-yes = stop it; what is done stays done
stop-done = Job {$job} was stopped.
stop-over = That job is over already.

# Errors
errors-title = ERRORS by cause
errors-none = No open errors.
errors-shown = {$count} of {$of} shown
why-objects = objects  {$objects}
why-just-before = what people did in the 10 minutes before
why-nothing-before = nothing
why-earlier = the same cause before
why-never = not among the newest 5,000 errors
why-over-after = {$began}, over after {$minutes} min
why-by = by {$who}
why-by-itself = by itself
why-title = WHY
why-numbers = first {$first}   last {$last}   recipes {$recipes}   waiting behind {$waiting}
records-title = RECORDS
records-marked = {$count} marked: r retries them
records-foretell = r retries this record, R all {$count} of this cause
enter-opens = Enter opens
detail-try = try {$count}
detail-legend = ! blocks   ~ differs   = same   > cut, Enter shows all
detail-sends = a retry sends:
detail-leaves = it leaves:
detail-counts = { $blocks ->
        [one] {$blocks} field blocks it
       *[other] {$blocks} fields block it
    }, {$differ} differ, {$same} same (w shows all)
detail-share = { $count ->
        [one] {$count} record has this cause.
       *[other] {$count} records have this cause.
    }
detail-times = first {$first}, last {$last}
history-title = HISTORY of this record

# Activity
activity-title = ACTIVITY
activity-matches = { $count } of { $of } match
activity-shown = { $count ->
        [one] {$count} row shown
       *[other] {$count} rows shown
    }
activity-paused = PAUSED at {$time} | {$count} newer (p goes on)
follow-on = follow on
follow-off = follow off
failed-only = failed only
record-title = RECORD
record-facts = recipe {$recipe}   try {$try}   took {$took}   by {$by}

# Recipes
recipes-title = RECIPES
recipes-of = {$used} of {$limit}
recipes-unused = {$count} unused 30d+
recipes-foretell = {$count} unused: f marks the 10 oldest that may go
recipes-marked = { $count ->
        [one] {$count} marked
       *[other] {$count} marked
    } | after delete: {$left} of {$limit} | kept 30 days: u brings them back
recipes-nothing-proposed = Nothing may be proposed: no recipe is unused, or those that are must stay.
recipes-no-unused = No recipe counts as unused. U shows others.
recipes-running = {$id} looks for changes now.
shown-all = all (U changes)
shown-unused = unused (U changes)
shown-failing = failing (U changes)
recipe-title = RECIPE
recipe-made = {$object}, {$way}, every {$schedule}, made {$day} by {$by}
recipe-pair = pair with {$id}
recipe-unused = unused because: {$why}
recipe-fields = fields: {$fields}
recipe-condition = only if: {$condition}
recipe-deleting = deleting touches no record; u brings it back for 30 days
recipe-parked = {$count} parked
unused-never-ran = never ran
unused-no-change = no change
unused-paused = paused
unused-suspended = suspended
unused-container-gone = board gone
unused-object-gone = object gone
unused-field-gone = field gone
unused-duplicate = duplicate
delete-title = { $count ->
        [one] DELETE {$count} RECIPE?
       *[other] DELETE {$count} RECIPES?
    }
delete-use = in use {$used} -> {$left} of {$limit}
delete-active = active among them: {$count} ({$ids})
delete-records = records deleted or changed: 0
delete-backlog = { $count ->
        [one] {$count} waiting change would not go across
       *[other] {$count} waiting changes would not go across
    }
delete-half = The other half of a pair stays, as a one-way recipe.
delete-undo = undo: u, until {$until}
delete-yes = { $count ->
        [one] delete it
       *[other] delete the {$count}
    }
delete-done = { $count ->
        [one] {$count} recipe deleted
       *[other] {$count} recipes deleted
    }
pause-title = { $count ->
        [one] PAUSE {$count} RECIPE?
       *[other] PAUSE {$count} RECIPES?
    }
pause-yes = { $count ->
        [one] pause it
       *[other] pause the {$count}
    }
pause-done = { $count ->
        [one] {$count} recipe paused
       *[other] {$count} recipes paused
    }
resume-title = { $count ->
        [one] RESUME {$count} RECIPE?
       *[other] RESUME {$count} RECIPES?
    }
resume-yes = { $count ->
        [one] let it go on
       *[other] let the {$count} go on
    }
resume-done = { $count ->
        [one] {$count} recipe goes on
       *[other] {$count} recipes go on
    }

# Connections
connections-title = CONNECTIONS
connections-none = No connections yet: syncdeck connections add --file FILE
connections-foretell = f reconnects {$id}: {$parked} parked and {$queued} waiting changes depend on it
connections-ok = { $recipes ->
        [one] {$id}: {$recipes} recipe uses it
       *[other] {$id}: {$recipes} recipes use it
    }
connection-org = org
connection-edition = edition
connection-scopes = scopes
connection-address = address
connection-counts = recipes {$recipes}   parked {$parked}   waiting {$queued}
connection-protected = protected: starts read-only, asks for typed counts
token-title = RECONNECT {$id}
token-ask = Paste a refresh token of user {$user} in {$org}.
token-secret = It is never shown, never logged.
token-empty = Nothing was pasted; nothing was changed.
reconnect-title = RECONNECT {$id}?
reconnect-waits = {$parked} parked and {$queued} waiting changes depend on it.
reconnect-checks = The token is checked first: same org, same user, scopes.
reconnect-yes = reconnect, and let what waits go on
reconnect-alone = only reconnect; recipes stay suspended
reconnect-done = {$id} is connected again; {$count} still wait.
reconnect-done-resumed = {$id} is connected again; {$count} started.
check-done = {$id} answered.
disable-title = SWITCH {$id} OFF?
disable-line = { $count ->
        [one] {$count} recipe is suspended by that.
       *[other] {$count} recipes are suspended by that.
    }
disable-yes = switch it off
disable-done = {$id} is off.
enable-title = SWITCH {$id} ON?
enable-line = { $count ->
        [one] {$count} recipe uses it.
       *[other] {$count} recipes use it.
    }
enable-yes = switch it on
enable-done = {$id} is on.
remove-title = REMOVE {$id}?
remove-line = { $count ->
        [one] {$count} recipe uses it: refused while any does.
       *[other] {$count} recipes use it: refused while any does.
    }
remove-yes = remove it, with its token
remove-done = {$id} was removed.

# Objects and limits
objects-none = Nothing went across in this time.
objects-foretell = {$period}, by object and direction; i changes the period
objects-foretell-day = {$period} against the same hours a day before; ! = over 3 x the usual
objects-foretell-week = {$period} against the same hours a week before; ! = over 3 x the usual
objects-by-hour = by hour
objects-by-recipe = BY RECIPE
objects-writing = {$count ->
    [one] {$count} recipe wrote
   *[other] {$count} recipes wrote
}
objects-failed-only = with failures only
objects-no-recipes = No recipe here can be paused or resumed.
objects-usual = usual for this hour, median of 28 days: {$created} created, {$updated} updated, {$deleted} deleted
objects-usual-unknown = What is usual is told from the seventh day on.
col-versus = vs
col-in-step = in step
odd-failures = failures
odd-deletions = deletes
odd-creations = creates
odd-changes = updates
odd-no-creations = no creates
odd-no-changes = no updates
odd-failures-why = ! {$now} failed in this hour; usual: {$usual} (median of 28 days)
odd-deletions-why = ! {$now} deleted in this hour; usual: {$usual} (median of 28 days)
odd-creations-why = ! {$now} created in this hour; usual: {$usual} (median of 28 days)
odd-changes-why = ! {$now} updated in this hour; usual: {$usual} (median of 28 days)
odd-no-creations-why = ! none created; in the same hours before: {$usual}
odd-no-changes-why = ! none updated; in the same hours before: {$usual}
period-week = 7 days
period-ever = since the beginning
limit-org = {$id} API, everybody
limit-budget = {$id} API, our budget
limits-rolling = rolling 24 h
limits-legend = ! = over 75%     FULL = nothing left
limits-wait = Calls come back by themselves within 24 h; fewer retries help.
limits-foretell = { $count ->
        [one] {$count} recipe is unused
       *[other] {$count} recipes are unused
    }
who-calls = WHO USES THE CALLS

# Commands: label, help
key-cause-fix = fix
help-cause-fix = does the recommended fix of this row; only proposes
key-connection-reconnect = reconnect
help-connection-reconnect = takes a new token for this connection
key-recipe-propose = mark 10 oldest
help-recipe-propose = marks the 10 oldest unused recipes
key-limits-free = free up
help-limits-free = goes where recipes can be freed
key-mark = mark
help-mark = marks this row
key-recipe-delete = delete
help-recipe-delete = deletes the marked recipes, or this one (asks)
key-error-retry = retry
help-error-retry = tries this row or the marks again (asks)
key-error-retry_all = retry all
help-error-retry_all = tries everything shown again (asks)
key-job-stop = stop
help-job-stop = stops this job (asks)
key-error-next = next
help-error-next = goes to the next record
key-error-previous = previous
help-error-previous = goes to the previous record
key-error-fields = all fields
help-error-fields = shows the fields that agree, too
key-error-history = history
help-error-history = shows what happened to this record before
key-activity-failed = failed only
help-activity-failed = shows failures only, or everything
key-objects-period = period
help-objects-period = changes the period that is counted
key-objects-chart = chart
help-objects-chart = shows the hours as bars, or as numbers
key-objects-failed = failures
help-objects-failed = shows only objects with failures
key-recipe-unused = which
help-recipe-unused = shows all recipes, unused ones or failing ones
key-connection-check = test
help-connection-check = tests this connection with one call
key-connection-pause = on/off
help-connection-pause = switches this connection off or on (asks)
key-recipe-pause = pause
help-recipe-pause = pauses or resumes the marks, or this one (asks)
key-recipe-run = run now
help-recipe-run = looks for changes now
past-refused = Nothing can be changed as of { $at }: the past is over. = goes back to now.
past-line = as of { $at }: read only, = goes back to now
time-lacking = not recorded: { $what }
time-nothing = not recorded: states are recorded from { $from }
time-title = Another time
time-line = 09:12 of today, 2h or 3d back, or 2026-03-18T09:12:00Z
time-bad = "{ $text }" is not a time: 09:12, 2h, 3d, or 2026-03-18T09:12:00Z
time-future = That time has not come yet.
time-is-now = This is now.
time-step = 1 min
time-far-step = 1 h
key-time-back = 1 min back
help-time-back = shows everything as of a minute before
key-time-on = 1 min on
help-time-on = shows everything as of a minute later
key-time-far_back = 1 h back
help-time-far_back = shows everything as of an hour before
key-time-far_on = 1 h on
help-time-far_on = shows everything as of an hour later
key-time-go = time
help-time-go = asks for a time and shows everything as of then
key-time-now = now
help-time-now = goes back to now
key-live-pause = pause
help-live-pause = stops the live view, or follows again
key-open = open
help-open = opens what is under the cursor
key-filter = filter
help-filter = filters: class: code: obj: dir: recipe: conn: id: by: since: and words
key-undo = undo
help-undo = takes the last job back, or the selected one
key-error-ignore = ignore
help-error-ignore = sets this row or the marks aside, with a reason
key-mark-range = range
help-mark-range = marks every row from the last mark to this one
key-mark-all = mark all
help-mark-all = marks everything shown, or nothing
key-recipe-more = one more
help-recipe-more = proposes one more
key-recipe-less = one less
help-recipe-less = proposes one less
key-connection-remove = remove
help-connection-remove = removes this connection (asks)
key-palette = command
help-palette = finds a command by its name
key-copy = copy
help-copy = copies this line
key-copy-all = copy JSON
help-copy-all = copies the whole thing as JSON
key-back = back
help-back = goes one level back; never quits
key-panel-next = panel
help-panel-next = goes to the next panel
key-panel-previous = panel
help-panel-previous = goes to the previous panel
key-move-up = up
help-move-up = moves up
key-move-down = down
help-move-down = moves down
key-move-page_up = page up
help-move-page_up = moves a page up
key-move-page_down = page down
help-move-page_down = moves a page down
key-move-first = first
help-move-first = goes to the first row
key-move-last = last
help-move-last = goes to the last row
key-screen-overview = overview
help-screen-overview = what needs a person, and how things stand
key-screen-errors = errors
help-screen-errors = errors by cause
key-screen-connections = connections
help-screen-connections = connections, worst first
key-screen-recipes = recipes
help-screen-recipes = recipes against their limit
key-screen-objects = objects
help-screen-objects = counts by object and direction
key-screen-activity = activity
help-screen-activity = the ledger, newest first
key-screen-limits = limits
help-screen-limits = the recipe limit and API calls
key-screen-jobs = jobs
help-screen-jobs = jobs and the audit log
key-repaint = repaint
help-repaint = draws everything anew
key-quit-now = quit now
help-quit-now = leaves at once
key-quit = quit
help-quit = goes back, and leaves at the top
key-help = help
help-help = lists the keys of this screen

# The reconnect wizard, and text outside the full screen.
plain-back = Any key returns.
wizard-title = RECONNECT {$id}  authorise in YOUR browser, not on this host
wizard-esc = Esc stops
wizard-asking = Asking for a link ...
wizard-open = Scan the square, or open this on any machine:
wizard-keys = c  copies it    v  shows the long link whole
wizard-allow = Then log in as {$user} and press Allow. This screen goes on by itself.
wizard-waiting = waiting {$waited}
wizard-opened = The link was opened from {$from}.
wizard-checking = Checking org, user and scopes ...
wizard-paste = Did the browser end on an error page? Paste its whole address here:
wizard-once = State {$tag}: one use, this connection only, good until {$until}. Codes and tokens are never shown, never logged.
wizard-done = {$id} is connected as {$user}.
wizard-resume = {$parked} parked records and {$waiting} waiting changes: start them again? y yes, Enter no [no]
wizard-started = {$count} changes of {$id} are started.
wizard-left = {$id} is connected; its recipes stay suspended until somebody resumes them.
key-view-plain = plain
help-view-plain = Shows this screen as plain text outside the full screen; any key returns.
snooze-title = SNOOZE {$what}
snooze-line = It comes back by itself; nothing disappears for ever.
snooze-day = for 24 hours
snooze-more = until more than {$count} new ones have come
snooze-changed = until something about it changes
snooze-done = {$what}: put aside for a while.
key-error-snooze = snooze
help-error-snooze = Puts the cause, or the records, aside until a time, a number of new ones, or a change.
write-title = WRITE MODE
write-line = What is protected may be changed for 15 minutes. Why?
write-needs-reason = Nothing was said; nothing may be changed.
write-done = Write mode for 15 minutes; it is in the audit log.
key-mode-write = write
help-mode-write = Lets you change what is protected for 15 minutes, with a reason for the audit log.

key-recipe-create = new
help-recipe-create = makes a recipe: both sides, a proposed mapping, a preview on real records
recipes-full = { $used } of { $limit } recipes: nothing new before some go. The oldest unused ones are marked: d deletes them.
form-title = NEW RECIPE
form-note = Esc leaves, nothing is made
form-template = kind
form-salesforce = Salesforce
form-target = other side
form-object = object
form-container = board or container
form-where = only where
form-load = load what is there
form-name = name
form-record-to-item = records make items
form-item-to-record = items make records
form-two-way-item = both ways, counts as two
form-yes = yes
form-no = no, only what changes from now on
form-choose = Choose the object and the container: arrows or first letters.
form-waiting = asking both systems ...
form-keys = Up Down line   Left Right choice   - leaves a field out   Enter checks and shows real records   * required
form-no-connections = A recipe needs a Salesforce connection and one of another system.
form-flaw = { $key }: { $found }; expected { $expected }
form-nothing = There are no records yet.
form-left-out = { $name } (left out by the condition)
form-cost = First load: { $records } records at most, { $reads } calls to read, { $writes } to write.
form-no-load = Nothing is loaded: only what changes from now on is synced.
form-sure = y makes the recipe and starts it   Esc back to the form
form-made = { $name } is made and running

key-view-export = export
help-view-export = writes what is shown into a file, CSV or JSON
key-error-raw = raw
help-error-raw = shows everything known of the error as JSON
key-error-mapping = mapping
help-error-mapping = opens the recipe with its mapping
key-error-group = order
help-error-group = lists causes by object, recipe or hour
key-record-link = link
help-record-link = copies the address of the record in Salesforce
key-limits-budget = budget
help-limits-budget = sets how many calls a connection may make in 24 hours
key-session-return = return
help-session-return = goes back to where you were the last time
export-title = WRITE { $count } rows
export-line = The ending chooses the form: .csv or .json. A file that exists is not written over.
export-ending = Write the name with .csv or .json at its end.
export-nothing = There is nothing to write.
export-done = Written: { $path }
export-failed = Not written: { $why }
session-none = There is nothing to go back to.
session-offer = You were at { $place }: { $key } goes back there.
budget-title = API BUDGET of { $id }
budget-line = Calls in 24 hours that syncdeck may make by itself; empty for no budget of its own.
budget-which = Choose a line of calls: recipes have their own limit.
budget-number = That is no number.
budget-done = The budget of { $id } is set.
link-no-record = This has no record in Salesforce yet.
link-no-host = There is no https address of the org to link to.
order-cause = worst first
order-object = by object
order-recipe = by recipe
order-hour = by hour
whole-pairs = with the other half of each pair, { $count } in all
key-mouse = mouse
help-mouse = lets the mouse choose rows, or leaves it to the terminal
mouse-on = The mouse chooses rows; a second click opens. m gives it back.
mouse-off = The mouse is the terminal's again.
key-error-edit = edit and retry
help-error-edit = tries the record again with another value, for this try alone
edit-title = WRITE {$field}, for this try alone
edit-line = The source keeps its value. Enter tries once; what is refused waits as before.
edit-done = { $field } is tried with the new value
job-error-edit = try with another value
connection-package = package
connection-hearing = changes by
connection-version = API
connection-slug = account
connection-often = revoked in 30 days:
calls-paused = paused until { $until }
calls-dry = all used by { $at } at this rate
calls-shares = Retries stop at { $retries }% of the limit, syncs at { $syncs }%; the rest is for people.
retry-foretell-none = R has nothing that can succeed now
col-trend = last 10 h
col-new = new
col-tries = tries
col-limit = limit
col-used = used
col-of = of
col-left = left
col-forecast = forecast
why-noticed = what the engine noticed
why-recipes = { $count ->
    [one] { $count } recipe
   *[other] { $count } recipes
}
limits-dry = 100% at { $at } !
limits-does-free = mark the unused
limits-does-nothing = -
limits-others = That is the org's own limit: its administrator can raise it or make room.
limit-of-DataStorageMB = data storage, MB
limit-of-FileStorageMB = file storage, MB
limit-of-DailyBulkV2QueryJobs = bulk queries, 24 h
limit-of-DailyBulkV2QueryFileStorageMB = bulk results, MB, 24 h
limit-of-DailyBulkApiBatches = bulk batches, 24 h
limit-of-DailyDeliveredPlatformEvents = events delivered, 24 h
limit-of-MonthlyPlatformEventsUsageEntitlement = events of the month
calls-by-hour = OUR CALLS today, by hour
calls-legend = ::  calls   ##  of them tries again
calls-days = today { $today }   yesterday, whole day { $yesterday }
calls-again = { $calls ->
    [one] Retry all that failed: 1 call for { $count } records; { $left } left out.
   *[other] Retry all that failed: { $calls } calls for { $count } records; { $left } left out.
}
who-others = other apps, seen by the org alone
who-rest = { $count } more
purpose-look = looking for changes
purpose-write = writing
purpose-retry = trying again
purpose-person = people
purpose-keep = tokens and other upkeep
col-type = type
detail-long = { $field }: { $long } characters, { $over } too many
detail-costs = costs: 1 API call, { $left } left today
col-made = made
col-needed = needed by
recipe-needed = depends on it: { $by }
wizard-other-org = Is it { $name } that you mean? Type this name and Enter: a new link will then take it. The connection moves to that org.
minutes-title = LAST HOUR
minutes-legend = . some   : many   # failures
recipe-seasonal = seasonal
unused-finished = finished
