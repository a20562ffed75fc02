# What the command line says, and why something was refused.

none = Nothing.
done = Done.

refused-read-only = This session is read-only: nothing was changed. Start without --read-only to change something.
refused-recipe-limit = Account { $account } has { $used } of { $limit } recipes: the limit of { $limit } has been reached. Delete unused recipes first (`syncdeck recipes unused` lists them). Nothing was created; existing recipes go on running.
refused-missing = There is no { $what } { $id }.
refused-rule = { $what } { $id }: { $why }. Nothing was changed.
refused-in-use = The data at { $path } are in use by another process. Wait until it ends, or stop it.
refused-too-new = The data at { $path } have format { $found }; this version knows formats up to { $known }. Use the version that wrote them, or a newer one. Nothing was changed.
refused-disk-full = The disk that holds { $path } is full. Free some room; nothing was lost.
refused-broken = The data at { $path } cannot be used: { $why }. If the file cannot be reached, look at its rights and its disk; if it is damaged, put a copy in its place with syncdeck store restore.
refused-vault = The vault at { $path }: { $why }.
refused-remote = { $title }. The remote said: { $code }: { $message }. { $fix }
refused-flaws = { $count ->
    [one] { $count } mistake. Nothing was changed.
   *[other] { $count } mistakes. Nothing was changed.
 }
refused-which-account = There are several accounts ({ $accounts }): say which with --account.
refused-other-org = The new authorisation belongs to { $found }, but the connection belongs to { $pinned }. Nothing was changed. Authorise in the right org, or confirm the other one with --other-org and its name.
refused-not-awaited = No authorisation of this connection waits for an answer. Begin one with: syncdeck connections reconnect.
refused-authorisation-expired = The authorisation was not ended within ten minutes. Begin it again.
refused-other-state = What was pasted belongs to another authorisation. Paste what the browser shows after the newest link, or begin again. Nothing was changed.
refused-no-code = There is no code in what was pasted. Copy the whole address that the browser shows after you agreed, even if its page cannot be opened.
refused-scopes = The authorisation was given without these rights: { $rights }. Let the administrator add them to the app's OAuth scopes, then authorise again. Nothing was changed.
authorised-other-user = Authorised by { $user }; before it was { $before }. Its rights may differ: run syncdeck doctor.
refused-not-undoable = Job { $job } cannot be taken back.
refused-no-engine = No engine is running on these data. Start one with `syncdeck serve`.
refused-version = The engine speaks version { $ours } of the protocol and this program version { $theirs }. Restart the engine with the same release.
refused-filter = The filter part "{ $part }" is not understood.
refused-engine-gone = The engine has gone. What it was doing is safe; start it again.
refused-engine-start = The engine could not be started: { $why }. Its log is { $path }.
refused-yes = This needs a yes: say --yes.
refused-no-ids = Say which errors: ids, --group or --all.
refused-id = "{ $id }" is not an id. Expected { $expected }.
refused-time = "{ $text }" is not a time. Expected RFC 3339, today, or a span such as 24h or 30d.
refused-at = "{ $text }" is not a time. Expected RFC 3339, a time of today such as 09:12, today, or a span back such as 30m or 24h.
refused-no-past = This is told of the present only: its past is not written down.
refused-future = That time has not come yet. Name one that is over.
past-at = as of { $at }
past-lacking = not recorded: { $what } (states are recorded from { $from })
past-nothing = not recorded (states are recorded from { $from })
past-counts-to = counted up to { $to }: the lines of that hour are gone
refused-reason = Say why with --reason.
refused-file = The file { $path } cannot be read: { $why }.
refused-no-terminal = The console needs a terminal. Use a command instead, or add --headless.
refused-not-a-story = { $path } holds data of its own: a story needs a directory without any.
story-made = Making the story “{ $story }” once; it is kept for the next time.
refused-nothing-unused = No recipe may be proposed for deletion.
exported = { $count ->
    [one] { $count } recipe file written to { $path }.
   *[other] { $count } recipe files written to { $path }.
}
applied = Created { $created }, changed { $changed }, replaced { $replaced }, deleted { $deleted }; { $same } unchanged.
apply-would = Would create { $created }, change { $changed }, replace { $replaced }, delete { $deleted }; { $same } unchanged.
exported-rows = { $count ->
    [one] { $count } row written to { $path }.
   *[other] { $count } rows written to { $path }.
}
refused-no-data = There is no data file at { $path }.
compacted = { $before } KiB before, { $after } KiB now.
store-well = All is well.
store-ill = The data file needs care: keep a copy of it, then restore a backup.
backed-up = Copied to { $path }. Secrets stay in the vault and are not part of it.
ask-restore = Put the copy in the place of the data in { $path }? [y/N]
restored = Done. What was there before lies at { $before }.
audit-whole = { $count ->
    [one] { $count } line, as it was written.
   *[other] { $count } lines, all as they were written.
}
audit-broken = The audit log is not what was written ({ $count } lines).
init-next = The files in { $path } are examples to edit. Next: fill in connections/salesforce.toml and connections/monday.toml, then run `syncdeck connections add --file FILE` for each, and `syncdeck recipes create --file FILE`.
head-theme = THEME
head-palette = PALETTE
head-background = BACKGROUND
head-colours = COLOURS
head-role = ROLE
head-ratio = RATIO
head-needed = NEEDED
thing-cause = cause
refused-protected = { $id } is protected: nothing was changed. Begin write mode with W and a reason in the console, or add --write --reason TEXT.
refused-sandbox = The sandbox could not be started: { $why }.
refused-other-serve = Another engine serves { $path }. Stop it first.

mistake-line = { $path }:{ $line }: { $key }: found { $found }; expected { $expected }
mistake-key = { $key }: found { $found }; expected { $expected }

thing-account = account
thing-connection = connection
thing-recipe = recipe
thing-record = record
thing-user = user
thing-conflict = held conflict
thing-lost_value = lost value
thing-error = error
thing-job = job

connection-pending = Not tried yet.
connection-valid = It works.
connection-revoked = The authorisation is gone ({ $code }). Reconnect it; its recipes wait and lose nothing.
connection-blocked = It may not use the API ({ $code }). An administrator of the org must allow it.
connection-exhausted = A call limit is used up ({ $code }). It goes on by itself.
connection-unreachable = No answer ({ $code }). It is tried again by itself.
connection-off = Switched off by an operator.
cause-address = Probably the org accepts logins only from certain addresses: an administrator relaxes the IP restriction of the app.
cause-inactive = Probably the user was deactivated or locked, or its password was changed: an administrator looks at the user.
cause-org = The whole org is inactive.
cause-unapproved = The app's policy lets only users in whom an administrator has pre-authorised, and this one is not among them.
cause-assertion = The signed assertion does not fit: the key, the user name or the host in the connection file differ from what the app expects.
cause-withdrawn = Probably an administrator withdrew the authorisation, the password was changed, the token expired or went unused, or the same user connected the app more than five times.
cause-token = The app was uninstalled, its user left the account, or the token was replaced by a new one: monday does not tell which.
cause-uninstalled = The org lets only installed apps in: an administrator installs it under Connected Apps OAuth Usage.
cause-secret = The secret of the app was changed: correct it in the connection file and add the connection again.
cause-blocked = An administrator has blocked the app.
cause-api = The user lacks the permission “API Enabled”.
cause-package_missing = The org lacks the package that this connection needs.
hearing-off = Change events are switched off for this connection (events = false); changes are looked for at the pace of the recipes.
hearing-none = Changes are looked for at the pace of the recipes; none are told over this connection.
hearing-starting = { $object }: listening for changes begins.
hearing-idle = { $object }: nobody listens while the connection or its recipes rest.
hearing-refused = { $object }: its changes are not told ({ $code }); they are looked for at the pace of the recipes. An administrator selects the object in Setup under Change Data Capture and gives the user View All on it.
hearing-lost = { $object }: the change events broke off ({ $code }). It is tried again by itself; meanwhile changes are looked for.
doctor-api-pass = The API answers: { $about }, { $detail }.
doctor-api-fail = The API cannot be used: { $detail }
doctor-api-fix = The org needs an edition with API access (Enterprise, Unlimited, Performance or Developer) and the user the permission “API Enabled”; a withdrawn authorisation is given anew with: syncdeck connections reconnect.
doctor-object-pass = { $about }: the user may do all that the recipes need.
doctor-object-fail = { $about }: these rights are missing: { $detail }.
doctor-object-fix = Give the user these rights on { $about } in a permission set.
doctor-fields-pass = { $about }: all mapped fields are there and open.
doctor-fields-fail = { $about }: these fields are hidden, gone, or cannot be written: { $detail }.
doctor-fields-fix = Have the field-level security of { $about } opened for them, or take them out of the recipes.
doctor-notes-fail = { $about }: Notes are not enabled, or the user may not see them.
doctor-notes-fix = Enable Notes in Setup (Notes Settings) and give the user access.
doctor-events-pass = { $about }: changes are told as events.
doctor-events-warn = { $about }: changes are not told as events; it is asked for them instead.
doctor-events-fix = Select { $about } under Change Data Capture in Setup.
doctor-package-pass = The package { $about } is installed and is the newest.
doctor-package-none = The package is not installed; this connection does not need it.
doctor-package-warn = The package { $about } is installed; the newest is { $detail }.
doctor-package-fail = The package is missing in the org.
doctor-package-fix = A Salesforce user with “API Enabled” installs the newest package: { $detail }
doctor-package-unlinked = A Salesforce user with “API Enabled” installs the newest package: monday shows the link when Salesforce is connected there. Put it into the table of packages as install_url, and it stands here.
doctor-calls-pass = Calls left today: { $detail }.
doctor-calls-warn = Few calls are left today: { $detail }.
doctor-calls-fail = No calls are left today: { $detail }.
doctor-calls-fix = Look rarely enough (schedules), listen to change events, or have the org's limit raised.
doctor-clock-pass = The clocks agree ({ $detail } s apart).
doctor-clock-warn = The clocks are { $detail } s apart.
doctor-clock-fail = The clocks are { $detail } s apart: sign-in with a key fails, and times mislead.
doctor-clock-fix = Set this machine's clock by NTP.
scopes-lacking = The authorisation lacks { $scopes }. Add it to the scopes of the app in Salesforce, then reconnect.
advice-revoked-often = Revoked { $times } times in { $days } days. Talk to the org's administrator: check the app's token policy, and who else connects with the same user.

alert-AUTH = token refused: { $connection } ({ $code })
alert-PERM = { $connection } may not use the API ({ $code })
alert-LIMIT = call limit of { $connection } used up ({ $code })
alert-CAP = recipe limit reached: { $used } of { $limit }
alert-GONE-container_gone = The board { $name } is gone: { $count } recipes wait ({ $recipes })
alert-GONE-object_gone = The object { $name } is gone: { $count } recipes wait ({ $recipes })
alert-GONE-field_gone = Gone from { $connection }: { $name }; { $count } recipes wait ({ $recipes })
alert-GONE-field_changed = Changed in { $connection }: { $name }; { $count } recipes wait ({ $recipes })
alert-GONE-container_gone-fix = It was archived, deleted or hidden from the user of { $connection }. Once it is restored they go on by themselves, or at once with `recipes resume`; otherwise delete them.
alert-GONE-object_gone-fix = It was removed, or the user of { $connection } may no longer see it. Once that is undone they go on by themselves, or at once with `recipes resume`; otherwise delete them.
alert-GONE-field_gone-fix = It was removed, or the user of { $connection } may no longer see it. Once it is back they go on by themselves, or at once with `recipes resume`; otherwise make recipes without it.
alert-GONE-field_changed-fix = Its type no longer goes with the field that it is mapped to, or it can no longer be written. Once it is as it was they go on by themselves, or at once with `recipes resume`; otherwise make recipes without it.
alert-BRAKE = { $name } ({ $recipe }): { $count } deletions at once; none is carried out
alert-BRAKE-fix = See what was deleted. `recipes resume { $recipe }` lets them go on; restoring the records takes them back.

limits-recipes = { $account }: { $used } of { $limit } recipes, { $unused } unused
status-engine = Engine { $state } ({ $version }), account { $account }
status-recipes = Recipes: { $used } of { $limit } ({ $active } active, { $paused } paused, { $suspended } suspended)
status-api = API { $connection }: { $used } calls in 24 h; the whole org { $org } of { $limit }; budget { $budget }
status-object = { $object }: { $created } created, { $updated } updated, { $deleted } deleted, { $failed } failed
status-errors = Errors: { $open } open in { $groups ->
    [one] { $groups } cause
   *[other] { $groups } causes
 }, { $retrying } being retried
status-in-step = In step.
status-backlog = Not in step: { $backlog } changes waiting.

job-planned = Would try { $of } again with { $calls } API calls. Left out because they would fail again: { $skipped }.
job-doubtful = They fail again unless something was changed: { $classes }.
cause-just-before = Done shortly before it began:
cause-by-itself = by itself
cause-earlier = Over the last time:
job-line = Job { $job }: { $done } of { $of } ({ $ok } ok, { $failed } failed, { $skipped } left out), { $state }.
job-left-out = Job { $job }: { $done } of { $of } ({ $ok } ok, { $failed } failed), { $state }. Left out because they would fail again: { $left }.

ask-delete = Delete { $count ->
    [one] { $count } recipe ({ $ids })
   *[other] { $count } recipes ({ $ids })
 }? Records on both sides stay as they are; the recipes can be restored for 30 days. [y/N]
ask-retry = Try { $of } again with { $calls } API calls? { $skipped } would fail again and are left out. [y/N]
not-confirmed = Not confirmed; nothing was changed.

sandbox-ready = The sandbox listens at { $control }. Ctrl-C ends it.
serve-ready = The engine serves { $path }.
add-callback = In Salesforce, register this call-back URL in the app: { $url } (scopes: api, id, refresh_token).
add-callback-monday = In monday, register this redirect URL in the app: { $url } (scopes: { $scopes }; webhooks:read and webhooks:write where changes are to be told at once).
reconnect-open = Open this address in a browser, on any machine, sign in and agree:
reconnect-paste = Then wait, or paste here what the browser shows afterwards: its whole address, or the code. Until { $until }.
reconnect-opened = The link was opened from { $from }.
reconnected-other-org = Should this be another org than before: everything in it is compared anew. A link whose record is not there is looked up before anything is written, and its counterpart stays as it is; nothing is deleted for that. Users are linked as before: check them with `syncdeck users list`.
callback-done = { $id } is authorised. You may close this page; the terminal goes on.
callback-refused = The authorisation was not accepted. { $why }
callback-link = { $who } asks you to let syncdeck work with { $org } ({ $system }). Go on only if you expected this.
callback-go-on = Go on to { $system }
callback-gone = This link is not valid, or not any more. Ask for a new one.
demo-data = The demonstration's data are in { $path }.

head-account = ACCOUNT
head-recipes = RECIPES
head-connections = CONNECTIONS
head-connection = CONNECTION
head-system = SYSTEM
head-state = STATE
head-since = SINCE
head-org = ORG
head-user = USER
head-recipe = RECIPE
head-name = NAME
head-hour = HOUR
head-object = OBJECT
head-direction = DIR
head-container = CONTAINER
head-last-change = LAST CHANGE
head-unused = UNUSED
head-created = CREATED
head-updated = UPDATED
head-deleted = DELETED
head-skipped = SKIPPED
head-failed = FAILED
head-job = JOB
head-what = WHAT
head-by = BY
head-at = AT
head-done = DONE
head-ok = OK
head-cause = CAUSE
head-class = CLASS
head-code = CODE
head-count = COUNT
head-last = LAST
head-title = WHAT HAPPENED
head-error = ERROR
head-record = RECORD
head-tries = TRIES
head-mark = .
head-field = FIELD
head-agreed = LAST AGREED
head-salesforce = SALESFORCE
head-target = OTHER SIDE
head-command = COMMAND
head-keys = KEYS
head-cli = COMMAND LINE
head-help = WHAT IT DOES

# The console in lines.
plain-read-only = read-only
plain-write = write
plain-head = { $account }, { $mode }, { $time }. { $causes ->
    [one] 1 cause
   *[other] { $causes } causes
}, { $parked } records parked, { $queued } queued.
plain-cause = { $at }. { $class }. { $title }, since { $since }. { $count }. Fix: { $fix }
plain-what = Number, or R retry all, e errors, c connections, r recipes, l limits, a activity, j jobs, u undo, q quit?
plain-retry = Retry { $count } records, about { $calls } API calls. { $skipped ->
    [0] Nothing is left out.
   *[other] { $skipped } would fail again and are left out: { $left }.
} Yes, all, or no? [no]
plain-job = Job { $job }: { $done } of { $of }.
plain-job-over = Job { $job } is over: { $done } of { $of }, { $ok } ok, { $failed } failed.
plain-delete = Delete { $count } recipes: { $ids }? They can be restored for 30 days; no record is touched. Yes or no? [no]
plain-reconnect = To reconnect, leave with q and run: syncdeck connections reconnect { $id }
head-email = E-MAIL
head-other-user = OTHER SIDE
head-tied = BY
user-by-email = e-mail
user-by-name = name
user-by-hand = hand

head-conflict = CONFLICT
head-in-salesforce = IN SALESFORCE
head-in-other = ON THE OTHER SIDE

refused-which-connection = There are several connections, or none: say which with { $option }.
preview-record = { $name }
preview-left-out = { $name } (left out by the condition)
preview-cost = { $records } records: { $reads } API calls to read, { $writes } to write.
run-would = { $recipe } would look at { $records } records: { $created } made, { $updated } changed, { $deleted } deleted or archived, in { $calls } calls.
run-would-open = { $held } would wait for a person's decision; the counterpart of { $looked } would be read first.
run-would-more = There are more: only the first were looked at.
# Records whose parent has no counterpart yet
recipe-waiting = { $count ->
    [one] { $count } record waits for its parent:
   *[other] { $count } records wait for their parents:
}
limits-org = { $connection }: { $name } { $used } of { $max }
limits-use = { $connection }: { $calls } calls in 24 h, { $purpose } { $recipe }
cause-noticed = Noticed then:
