# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_syncdeck_global_optspecs
    string join \n data-dir= config= account= json lang= no-color read-only write reason= plain ascii color= theme= tz= fps= no-guard embedded v/verbose h/help V/version
end

function __fish_syncdeck_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_syncdeck_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_syncdeck_using_subcommand
    set -l cmd (__fish_syncdeck_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c syncdeck -n "__fish_syncdeck_needs_command" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -s V -l version -d 'Print version'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "demo" -d 'The sandbox, a sample account, the engine and the console; nothing to configure'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "serve" -d 'The engine alone, in the foreground'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "sandbox" -d 'The simulated systems alone'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "status" -d 'Engine, limit, connections, recipes, objects, API usage and errors in one look'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "accounts" -d 'Customers and their recipe limits'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "connections" -d 'Authorised links to remote systems'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "recipes" -d 'Standing rules that sync an object with a container'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "errors" -d 'Operations that did not succeed'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "activity" -d 'The ledger: what was done, newest first'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "objects" -d 'Created, updated, deleted, skipped and failed per object and direction'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "limits" -d 'The recipe limit and API usage'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "conflicts" -d 'Fields that were changed on both sides'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "users" -d 'Who is who on both sides'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "doctor" -d 'The pre-flight checks: what a connection may do, and what would stop its recipes'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "jobs" -d 'Bulk work in the engine'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "undo" -d 'Take a job back'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "audit" -d 'The audit log'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "store" -d 'The data file: verify, copy, restore, shrink'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "init" -d 'Write commented configuration to begin with'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "theme" -d 'The console\'s colours'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "commands" -d 'The registry: every command with its keys, words and command line'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "snap" -d 'A picture of a screen, from the buffer that the console draws'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "completions" -d 'Shell completions'
complete -c syncdeck -n "__fish_syncdeck_needs_command" -f -a "man" -d 'The manual page'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l story -d 'What happens in it' -r -f -a "first\t'Data begins to flow'
quiet\t'Nothing happens'
day\t'A bad day: three causes of parked records, a full recipe limit, a revoked token'
live\t'The bad day, and fifty changes a second'
big\t'A million ledger entries, 100,000 errors, and 200 changes a second'
hostile\t'The bad day with control characters in every field'
wide\t'The bad day in wide, combined and right-to-left letters'"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l seed -d 'What makes the data the same every time' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l records -d 'How many Leads and how many Contacts there are' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l headless -d 'Without the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l exit-when-synced -d 'End when everything has arrived'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l prepare -d 'Only make the story\'s data directory'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l linger -d 'End when nobody has visited for a minute and no job runs'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand serve" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l listen -d 'Where the control port listens; the systems follow on the next ports; port 0 picks free ones' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l seed -d 'What makes the data the same every time' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l records -d 'How many Leads and how many Contacts there are' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l state -d 'Where the state is kept across restarts' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l faults -d 'Rules of the fault injector, in force from the first call' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l tls -d 'Serve with TLS too, and through a proxy under the systems\' real host names'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand sandbox" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l at -d 'As of then: RFC 3339, 09:12 of today, today, or a span back such as 30m or 24h [default: now]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand status" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -f -a "list" -d 'All accounts'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -f -a "add" -d 'Add an account'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -f -a "set" -d 'Change an account'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and not __fish_seen_subcommand_from list add set remove" -f -a "remove" -d 'Remove an account that owns nothing'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l recipe-limit -d 'The most recipes it may have' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l recipe-limit -d 'The most recipes it may have' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand accounts; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -f -a "list" -d 'All connections'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -f -a "show" -d 'One connection'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -f -a "add" -d 'Add a connection from a file'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -f -a "check" -d 'Ask the remote who we are'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -f -a "reconnect" -d 'Authorise a connection again, in a browser anywhere'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -f -a "enable" -d 'Switch it on'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -f -a "disable" -d 'Switch it off'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -f -a "set" -d 'Change its settings'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and not __fish_seen_subcommand_from list show add check reconnect enable disable set remove" -f -a "remove" -d 'Remove a connection that no recipe uses'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l file -d 'The file' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l other-org -d 'Accept another org than before, by its name' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l refresh-token-stdin -d 'Read a new refresh token (or token) from standard input instead'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l no-resume -d 'Leave its recipes suspended'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from reconnect" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l api-budget -d 'The most API calls of 24 hours that syncdeck may spend' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l retries-to -d 'Up to how much of the org\'s own limit, in percent, what failed is tried again by itself' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l syncs-to -d 'Up to how much of the org\'s own limit, in percent, syncs go on; the rest is kept for people' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l protected -d 'Whether it starts read-only' -r -f -a "true\t''
false\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand connections; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -f -a "list" -d 'All recipes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -f -a "show" -d 'One recipe'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -f -a "create" -d 'Make a recipe or a pair from a file'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -f -a "propose" -d 'Write a recipe file with a mapping proposed from what both sides have in common'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -f -a "preview" -d 'What a recipe file would do to real records, and what its first load would cost'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -f -a "run" -d 'Look for changes now'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -f -a "pause" -d 'Stop recipes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -f -a "resume" -d 'Let recipes go on'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -f -a "delete" -d 'Delete recipes; they can be restored for 30 days'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -f -a "restore" -d 'Bring recipes back, paused'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -f -a "export" -d 'Write definitions, as files that `create` and `apply` read'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -f -a "apply" -d 'Make the account match a directory of recipe files'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -f -a "prune" -d 'Delete the unused recipes that changed nothing for the longest time'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and not __fish_seen_subcommand_from list show create propose preview run pause resume delete restore export apply prune unused" -f -a "unused" -d 'Recipes that nobody uses, with the reasons'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l deleted -d 'Deleted ones too'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l file -d 'The file' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l dry-run -d 'Only check it'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l salesforce -d 'The Salesforce connection [default: the only one]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l target -d 'The other system\'s connection [default: the only one]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l object -d 'The Salesforce object; without it and a container, both are listed' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l container -d 'The container (a board, say), by id or title' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l template -d 'What the recipe is made from' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l name -d 'What people will call it [default: object and container]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from propose" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l file -d 'The file' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from preview" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l full -d 'Read everything again'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l dry-run -d 'Only say what it would do'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l pair -d 'The other half of each pair as well'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from pause" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l pair -d 'The other half of each pair as well'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l pair -d 'The other half of each pair as well'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l yes -d 'Without asking'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l out -d 'A directory that gets a file for each recipe or pair [default: standard output]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l prune -d 'Delete recipes that no file describes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l dry-run -d 'Only say what would happen'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l unused -d 'For how long, such as 30d' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l count -d 'How many at most; a pair counts as two and is never split' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l yes -d 'Without asking'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l days -d 'After how many days one counts as unused' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand recipes; and __fish_seen_subcommand_from unused" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -f -a "list" -d 'Errors, newest first'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -f -a "show" -d 'One error, with the fields of both sides; or one cause, with what was done before it and how it ended last time'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -f -a "groups" -d 'The causes that errors share'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -f -a "retry" -d 'Try errors again'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -f -a "edit" -d 'Try an error again with other values, for this try alone; the source is not changed'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -f -a "link" -d 'Tie the record of an error to the counterpart that you choose'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -f -a "snooze" -d 'Put errors aside for a while'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -f -a "export" -d 'Write errors to a file, for a spreadsheet or a program'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and not __fish_seen_subcommand_from list show groups retry edit link snooze export ignore" -f -a "ignore" -d 'Set errors aside'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l filter -d 'Only what matches, such as `class:LOCK obj:Lead`' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l group -d 'Of one cause' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l limit -d 'At most so many' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l all -d 'Resolved ones too'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l at -d 'As of then: RFC 3339, 09:12 of today, today, or a span back such as 30m or 24h [default: now]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from groups" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l group -d 'All of a cause' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l since -d 'With --all: not older than this' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l all -d 'All that can succeed'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l force -d 'Those too that would fail again'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l allow-duplicates -d 'Make records although the org takes them for duplicates of others'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l retriable -d 'Only those that can succeed (the rule of --all)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l dry-run -d 'Only say what would happen'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l yes -d 'Without asking'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from retry" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l set -d 'A field of the written side, and what to write into it' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from link" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l group -d 'All of a cause, and what comes of it meanwhile' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l for -d 'For so long, such as 24h' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l more-than -d 'Until more than so many new ones of the cause have come' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l until-changed -d 'Until the record changes, or something new of the cause comes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from snooze" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l format -d 'The form' -r -f -a "csv\t'Comma-separated values; no cell is taken for a formula'
jsonl\t'One JSON document a line'"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l out -d 'The file [default: standard output]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l filter -d 'Only what matches, such as `class:LOCK obj:Lead`' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l group -d 'Of one cause' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l all -d 'Resolved ones too'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l group -d 'All of a cause' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand errors; and __fish_seen_subcommand_from ignore" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l limit -d 'At most so many entries' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l recipe -d 'Of one recipe' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l object -d 'Of one object' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l since -d 'From when: RFC 3339, today, 24h, 30d' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l filter -d 'Only what matches, such as `class:LOCK maria`' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l follow -d 'Go on with what happens'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l failed -d 'Only failed ones'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand activity" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l since -d 'From when: RFC 3339, today, 24h, 30d [default: everything]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l by-hour -d 'One object, hour by hour [from the beginning of today unless --since says otherwise]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l at -d 'As of then: RFC 3339, 09:12 of today, today, or a span back such as 30m or 24h [default: now]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand objects" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l at -d 'As of then: RFC 3339, 09:12 of today, today, or a span back such as 30m or 24h [default: now]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand limits" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -f -a "list" -d 'Conflicts that are held for a person, with both values'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -f -a "keep" -d 'End held conflicts: one side is right, in all of them'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and not __fish_seen_subcommand_from list keep restore" -f -a "restore" -d 'Write values that lost a conflict back where they stood; the pair carries them to the other side'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l side -d 'The side that is right' -r -f -a "salesforce\t'The Salesforce record'
other\t'The record of the other system'"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from keep" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand conflicts; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -f -a "list" -d 'Linked users, and those who are not'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -f -a "match" -d 'Read the users of both sides and link those who are alike, where there is exactly one on either side'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -f -a "link" -d 'Link two users; what either was linked with before is over'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and not __fish_seen_subcommand_from list match link unlink" -f -a "unlink" -d 'End the link of a user'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l salesforce -d 'The Salesforce connection [default: the only one]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l target -d 'The other system\'s connection [default: the only one]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l by -d 'By what they have in common' -r -f -a "name\t'The name'
email\t'The e-mail address'"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l salesforce -d 'The Salesforce connection [default: the only one]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l target -d 'The other system\'s connection [default: the only one]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from match" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l salesforce -d 'The Salesforce connection [default: the only one]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l target -d 'The other system\'s connection [default: the only one]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from link" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l salesforce -d 'The Salesforce connection [default: the only one]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l target -d 'The other system\'s connection [default: the only one]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand users; and __fish_seen_subcommand_from unlink" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -f -a "list" -d 'Jobs, newest first'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -f -a "show" -d 'One job'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -f -a "wait" -d 'Wait until a job is over'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and not __fish_seen_subcommand_from list show wait stop" -f -a "stop" -d 'Stop a job'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l limit -d 'At most so many' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from wait" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand jobs; and __fish_seen_subcommand_from stop" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand undo" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l limit -d 'At most so many lines' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and not __fish_seen_subcommand_from verify" -f -a "verify" -d 'Check that no line was changed or removed'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -f -a "check" -d 'Verify the data file; no engine may run'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -f -a "backup" -d 'Copy the data while the engine goes on; secrets are not part of it'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -f -a "restore" -d 'Put a copy in the place of the data; no engine may run'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and not __fish_seen_subcommand_from check backup restore compact" -f -a "compact" -d 'Shrink the data file; no engine may run'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from backup" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l yes -d 'Without asking'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand store; and __fish_seen_subcommand_from compact" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand init" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and not __fish_seen_subcommand_from check" -f -a "check" -d 'Say how well each colour can be read on the palettes that people use'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l palettes -d 'Which palettes' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand theme; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand commands" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l size -d 'Its size, in columns and rows' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l format -d 'The kind of picture' -r -f -a "txt\t'Lines of text'
ansi\t'What a terminal gets'
svg\t'A drawing'"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l story -d 'The story that is shown' -r -f -a "first\t'Data begins to flow'
quiet\t'Nothing happens'
day\t'A bad day: three causes of parked records, a full recipe limit, a revoked token'
live\t'The bad day, and fifty changes a second'
big\t'A million ledger entries, 100,000 errors, and 200 changes a second'
hostile\t'The bad day with control characters in every field'
wide\t'The bad day in wide, combined and right-to-left letters'"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l seed -d 'What makes the data the same every time' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l records -d 'How many Leads and how many Contacts there are' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l at -d 'As of then: RFC 3339, 09:12 of today, today, or a span back such as 30m or 24h [default: now]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand snap" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand completions" -s h -l help -d 'Print help'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l data-dir -d 'Where the data lie [default: the XDG data home]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l config -d 'The configuration file [default: the XDG configuration home, then built-in]' -r -F
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l account -d 'The account that is meant' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l lang -d 'The language: en, fr or it [default: from the locale]' -r -f -a "en\t''
fr\t''
it\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l reason -d 'Why, for the audit log' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l color -d 'How many colours the console uses' -r -f -a "none\t''
16\t''
256\t''
true\t''
auto\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l theme -d 'What the console\'s colours are chosen for: a dark or a light background, either (neutral), or the most contrast' -r -f -a "auto\t''
neutral\t''
dark\t''
light\t''
contrast\t''"
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l tz -d 'The time zone of days and hours, such as Europe/Rome [default: UTC]' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l fps -d 'At most so many frames a second in the console' -r
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l json -d 'Print one JSON document (JSON Lines for streams) and nothing else'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l no-color -d 'No colour'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l read-only -d 'Refuse everything that changes something'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l write -d 'Lift the read-only start of a protected connection for 15 minutes'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l plain -d 'Line mode, without escape sequences'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l ascii -d 'Only ASCII characters in the console'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l no-guard -d 'Accept keys at once in dialogs (for tests of keystrokes)'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -l embedded -d 'Keep the engine inside the console\'s process'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -s v -l verbose -d 'Say more in the log; twice for everything'
complete -c syncdeck -n "__fish_syncdeck_using_subcommand man" -s h -l help -d 'Print help'
