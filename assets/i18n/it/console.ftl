# The console. Nomi di classi, codici e stati non si traducono mai.

# First line and footer
screen-overview = Vista
screen-errors = Errori
screen-connections = Conn
screen-recipes = Ricette
screen-objects = Oggetti
screen-activity = Attività
screen-limits = Limiti
screen-jobs = Lavori
short-overview = Vis
short-errors = Err
short-connections = Con
short-recipes = Ric
short-objects = Ogg
short-activity = Att
short-limits = Lim
short-jobs = Lav
reconnecting = RICONNESSIONE dalle
slow-link = linea lenta
too-small = syncdeck ha bisogno di almeno 50x12 caratteri; qui sono {$size}. Allarga la finestra, o q per uscire.
months = gen feb mar apr mag giu lug ago set ott nov dic
today = oggi
last-hour = ultimi 60 min
last-day = ultime 24 h
newest-first = prima i recenti
worst-first = prima i peggiori
not-heard = In attesa del motore ...
filter = filtro
filter-none = Nessun risultato. Esc toglie il filtro.
rows-waiting = { $count ->
        [one] {$count} nuova riga in attesa
       *[other] {$count} nuove righe in attesa
    }
sum = totale
yesterday = ieri
yesterday-to = ieri fino alle { $time }
never = mai

# Refusals and small facts
read-only = Sola lettura: da qui non si può modificare nulla.
engine-lost = Il motore non è raggiungibile; nulla è stato modificato.
paste-refused = incolla rifiutato: qui non c'è un campo aperto
copied = Copiato ({$way}).
copy-failed = Copia non riuscita.
undo-nothing = Niente da annullare in questa sessione; scegli un lavoro nella schermata 8.
undo-done = Il lavoro {$job} è stato annullato.

# Dialogs
dialog-default = predefinito: No
dialog-no = Invio o Esc  no, non cambiare nulla
dialog-type = Protetto. Scrivi {$count} e Invio:
prompt-keys = Invio  continua     Esc  lascia tutto com'è
palette-title = COMANDI
help-title = TASTI
help-note = scrivi per cercare, Esc chiude

# Overview
needs-title = DA FARE
needs-causes = { $count ->
        [one] {$count} causa
       *[other] {$count} cause
    }
needs-parked = { $count ->
        [one] {$count} fermo
       *[other] {$count} fermi
    }
needs-waiting = {$count} in attesa
needs-clear = 0 cause, tutto a posto dalle {$time}
needs-why = causa
needs-next = poi
needs-behind = { $count ->
        [one] {$count} modifica attende dietro, senza errori.
       *[other] {$count} modifiche attendono dietro, senza errori.
    }
overview-last = ultimo: {$what}
objects-title = OGGETTI
limits-title = LIMITI
now-title = ORA
throughput-title = FLUSSO
throughput-legend = :: fatti   ## falliti
per-minute = al minuto
limit-recipes = ricette

# Columns
col-cause = causa
col-happened = che cosa è successo
col-object = oggetto
col-parked = fermi
col-waiting = attesa
col-since = dalle
col-f-does = f fa
col-created = creati
col-updated = cambiati
col-deleted = tolti
col-skipped = saltati
col-failed = errori
col-last = ultimo
col-way = dir.
col-code = codice
col-message = che cosa dice l'altra parte
col-records = schede
col-first = primo
col-latest = ultimo
col-time = ora
col-record = scheda
col-id = id
col-fields = campi
col-try = n.
col-state = stato
col-field = campo
col-agreed = ultimo accordo
col-send = {$system}, da inviare
col-there = {$system} adesso
col-done = op
col-took = tempo
col-job = lav.
col-by = da
col-result = esito
col-name = nome
col-change = modif.
col-run = giro
col-why-unused = perché inutile
col-note = nota
col-connection = connessione
col-system = sistema
col-user = utente
col-api-left = API rim.
col-recipes = ricette
col-last-ok = ult. ok
col-what = che cosa
col-begun = inizio
col-progress = fatti/di
col-who = chi
col-on = su che cosa
col-why = perché, da

# Remedies
remedy-reconnect = riconnetti
remedy-free_recipes = scegli 10 da tor.
remedy-wait = attendi; limiti
remedy-retry = riprova, sicuro
remedy-show_diff = mostra differenze
remedy-ask_admin = copia per admin
remedy-open_pair = apri la coppia
remedy-open_mapping = apri mappatura
remedy-report = copia rapporto
remedy-copied = Il testo da inviare è stato copiato.
job-started-at = da {$by} alle {$time}; {$skipped} esclusi, circa {$calls} chiamate API

# Retrying
retry-title = RIPROVA {$what}
retry-everything = tutto ciò che è fermo
retry-cause = questa causa
retry-records = { $count ->
        [one] {$count} scheda
       *[other] {$count} schede
    }
retry-can = { $count ->
        [one] {$count} che può riuscire ora.
       *[other] {$count} che possono riuscire ora.
    }
retry-cost = { $calls ->
        [one] Circa {$calls} chiamata API.
       *[other] Circa {$calls} chiamate API.
    }
retry-doubtful = { $count ->
        [one] {$count} fallisce ancora se nulla è cambiato: {$classes}.
       *[other] {$count} falliscono ancora se nulla è cambiato: {$classes}.
    }
retry-yes-doubtful = riprova {$count} comunque
retry-left-out = {$count} fallirebbero ancora ({$classes}): esclusi.
retry-grace = Comincia dopo 5 secondi; fino ad allora u lo annulla.
retry-yes = riprova i {$count}
retry-all = riprova comunque tutti i {$count}
retry-nothing = Qui non c'è nulla da riprovare.
retry-no-errors = Non è un errore di scheda; f fa ciò che serve.
retry-filtered = R riguarda ciò che è mostrato: apri una causa o togli il filtro.
retry-foretell = R riprova i {$count} che possono riuscire
retry-foretell-rest = {$count} fallirebbero ancora: {$classes}
ignore-title = IGNORA {$what}
ignore-why = Perché? Il motivo resta nel registro.
ignore-needs-reason = Nulla è stato ignorato: serve un motivo.
ignore-done = Ignorato: {$what}.

# Jobs
job-begun = job {$job}: {$what}, {$of} da fare; u annulla
job-over = job {$job}: {$what}; u annulla
job-waiting = job {$job}: {$what}, attende; {$done} di {$of}, {$ok} ok, {$failed} falliti
job-running = job {$job}: {$what}, {$done} di {$of}, {$ok} ok, {$failed} falliti
job-done = job {$job}: {$what}, {$done} di {$of} finiti, {$ok} ok, {$failed} falliti
job-stopped = job {$job}: {$what}, fermato dopo {$done} di {$of}, {$ok} ok, {$failed} falliti
job-undone = job {$job}: {$what}, annullato; {$done} di {$of}, {$ok} ok, {$failed} falliti
job-error-retry = riprova errori
job-error-retry_all = riprova errori
job-error-ignore = ignora errori
job-recipe-delete = elimina ricette
job-recipe-pause = ferma ricette
job-recipe-resume = riprendi ricette
job-recipe-restore = ripristina ricette
jobs-title = LAVORI
jobs-none = Ancora nessun lavoro.
jobs-foretell = I lavori girano nel motore anche a finestra chiusa. Tab: registro.
audit-title = REGISTRO
audit-note = chi, che cosa, su che cosa, perché
stop-title = FERMARE IL LAVORO {$job}?
stop-yes = fermalo; ciò che è fatto resta fatto
stop-done = Il lavoro {$job} è stato fermato.
stop-over = Quel lavoro è già finito.

# Errors
errors-title = ERRORI per causa
errors-none = Nessun errore aperto.
errors-shown = {$count} di {$of} mostrati
why-objects = oggetti  {$objects}
why-just-before = cosa è stato fatto nei 10 minuti prima
why-nothing-before = niente
why-earlier = la stessa causa prima
why-never = non tra gli ultimi 5.000 errori
why-over-after = {$began}, finita dopo {$minutes} min
why-by = da {$who}
why-by-itself = da sola
why-title = PERCHÉ
why-numbers = primo {$first}   ultimo {$last}   ricette {$recipes}   in attesa {$waiting}
records-title = SCHEDE
records-marked = P(count; {$count} marcata; {$count} marcate): r le riprova
records-foretell = r riprova questa scheda, R tutte le {$count} della causa
enter-opens = Invio apre
detail-try = tentativo {$count}
detail-legend = ! blocca   ~ diverso   = uguale   > tagliato, Invio mostra tutto
detail-sends = un tentativo invia:
detail-leaves = lascia:
detail-counts = { $blocks ->
        [one] {$blocks} campo blocca
       *[other] {$blocks} campi bloccano
    }, {$differ} diversi, {$same} uguali (w mostra tutto)
detail-share = { $count ->
        [one] {$count} scheda ha questa causa.
       *[other] {$count} schede hanno questa causa.
    }
detail-times = primo {$first}, ultimo {$last}
history-title = STORIA della scheda

# Activity
activity-title = ATTIVITÀ
activity-matches = { $count } di { $of } corrispondono
activity-shown = { $count ->
        [one] {$count} riga mostrata
       *[other] {$count} righe mostrate
    }
activity-paused = PAUSA alle {$time} | {$count} più recenti (p riprende)
follow-on = segue
follow-off = fermo
failed-only = solo errori
record-title = SCHEDA
record-facts = ricetta {$recipe}   tentativo {$try}   tempo {$took}   da {$by}

# Recipes
recipes-title = RICETTE
recipes-of = {$used} di {$limit}
recipes-unused = { $count ->
        [one] {$count} inutile 30g+
       *[other] {$count} inutili 30g+
    }
recipes-foretell = P(count; {$count} inutile; {$count} inutili): f marca le 10 più vecchie
recipes-marked = { $count ->
        [one] {$count} marcata
       *[other] {$count} marcate
    } | dopo: {$left} di {$limit} | tenute 30 giorni: u le riporta
recipes-nothing-proposed = Niente da proporre: nessuna ricetta inutile può andare.
recipes-no-unused = Nessuna ricetta inutile. U ne mostra altre.
recipes-running = {$id} cerca modifiche adesso.
shown-all = tutte (U cambia)
shown-unused = inutili (U cambia)
shown-failing = in errore (U cambia)
recipe-title = RICETTA
recipe-made = {$object}, {$way}, ogni {$schedule}, creata {$day} da {$by}
recipe-pair = coppia con {$id}
recipe-unused = inutile perché: {$why}
recipe-fields = campi: {$fields}
recipe-condition = solo se: {$condition}
recipe-deleting = eliminarla non tocca schede; u la riporta per 30 giorni
recipe-parked = { $count ->
        [one] {$count} fermo
       *[other] {$count} fermi
    }
unused-never-ran = mai eseguita
unused-no-change = nessuna modifica
unused-paused = in pausa
unused-suspended = sospesa
unused-container-gone = bacheca sparita
unused-object-gone = oggetto sparito
unused-field-gone = campo sparito
unused-duplicate = doppione
delete-title = { $count ->
        [one] ELIMINARE {$count} RICETTA?
       *[other] ELIMINARE {$count} RICETTE?
    }
delete-use = in uso {$used} -> {$left} di {$limit}
delete-active = attive tra loro: {$count} ({$ids})
delete-records = schede eliminate o cambiate: 0
delete-backlog = { $count ->
        [one] {$count} modifica in attesa non passerebbe
       *[other] {$count} modifiche in attesa non passerebbero
    }
delete-half = L'altra metà di una coppia resta, a senso unico.
delete-undo = annulla: u, fino al {$until}
delete-yes = { $count ->
        [one] eliminala
       *[other] elimina le {$count}
    }
delete-done = { $count ->
        [one] {$count} ricetta eliminata
       *[other] {$count} ricette eliminate
    }
pause-title = { $count ->
        [one] FERMARE {$count} RICETTA?
       *[other] FERMARE {$count} RICETTE?
    }
pause-yes = { $count ->
        [one] fermala
       *[other] ferma le {$count}
    }
pause-done = { $count ->
        [one] {$count} ricetta ferma
       *[other] {$count} ricette ferme
    }
resume-title = { $count ->
        [one] RIPRENDERE {$count} RICETTA?
       *[other] RIPRENDERE {$count} RICETTE?
    }
resume-yes = { $count ->
        [one] riprendila
       *[other] riprendi le {$count}
    }
resume-done = { $count ->
        [one] {$count} ricetta riprende
       *[other] {$count} ricette riprendono
    }

# Connections
connections-title = CONNESSIONI
connections-none = Nessuna connessione: syncdeck connections add --file FILE
connections-foretell = f riconnette {$id}: ne dipendono {$parked} fermi e {$queued} modifiche
connections-ok = { $recipes ->
        [one] {$id}: {$recipes} ricetta la usa
       *[other] {$id}: {$recipes} ricette la usano
    }
connection-org = org
connection-edition = edizione
connection-scopes = ambiti
connection-address = indirizzo
connection-counts = ricette {$recipes}   fermi {$parked}   in attesa {$queued}
connection-protected = protetta: parte in sola lettura, chiede di scrivere i numeri
token-title = RICONNETTI {$id}
token-ask = Incolla un token di aggiornamento dell'utente {$user} di {$org}.
token-secret = Non viene mai mostrato né registrato.
token-empty = Niente incollato; nulla è cambiato.
reconnect-title = RICONNETTERE {$id}?
reconnect-waits = Ne dipendono {$parked} fermi e {$queued} modifiche in attesa.
reconnect-checks = Il token viene prima verificato: stessa org, stesso utente, permessi.
reconnect-yes = riconnetti e riprendi ciò che attende
reconnect-alone = riconnetti soltanto; ricette sospese
reconnect-done = {$id} è di nuovo connessa; {$count} attendono ancora.
reconnect-done-resumed = {$id} è di nuovo connessa; {$count} ripartono.
check-done = {$id} ha risposto.
disable-title = SPEGNERE {$id}?
disable-line = { $count ->
        [one] {$count} ricetta viene sospesa.
       *[other] {$count} ricette vengono sospese.
    }
disable-yes = spegnila
disable-done = {$id} è spenta.
enable-title = ACCENDERE {$id}?
enable-line = { $count ->
        [one] {$count} ricetta la usa.
       *[other] {$count} ricette la usano.
    }
enable-yes = accendila
enable-done = {$id} è accesa.
remove-title = RIMUOVERE {$id}?
remove-line = { $count ->
        [one] {$count} ricetta la usa: rifiutato finché ce n'è.
       *[other] {$count} ricette la usano: rifiutato finché ce n'è.
    }
remove-yes = rimuovila, con il suo token
remove-done = {$id} è stata rimossa.

# Objects and limits
objects-none = In questo tempo non è passato nulla.
objects-foretell = {$period}, per oggetto e direzione; i cambia il periodo
objects-foretell-day = {$period} contro le stesse ore del giorno prima; ! = oltre 3 x il solito
objects-foretell-week = {$period} contro la settimana prima; ! = oltre 3 x il solito
objects-by-hour = per ora
objects-by-recipe = PER RICETTA
objects-writing = {$count ->
    [one] {$count} ricetta ha scritto
   *[other] {$count} ricette hanno scritto
}
objects-failed-only = solo con errori
objects-no-recipes = Nessuna ricetta qui si può sospendere o riprendere.
objects-usual = solito a quest'ora, mediana di 28 giorni: {$created} creati, {$updated} cambiati, {$deleted} tolti
objects-usual-unknown = Il solito si conosce dal settimo giorno in poi.
col-versus = diff.
col-in-step = in pari
odd-failures = errori
odd-deletions = eliminazioni
odd-creations = creazioni
odd-changes = modifiche
odd-no-creations = nessuna creazione
odd-no-changes = nessuna modifica
odd-failures-why = ! {$now} errori in quest'ora; solito: {$usual} (mediana di 28 giorni)
odd-deletions-why = ! {$now} tolti in quest'ora; solito: {$usual} (mediana di 28 giorni)
odd-creations-why = ! {$now} creati in quest'ora; solito: {$usual} (mediana di 28 giorni)
odd-changes-why = ! {$now} cambiati in quest'ora; solito: {$usual} (mediana di 28 giorni)
odd-no-creations-why = ! nessuna creazione; nelle stesse ore prima: {$usual}
odd-no-changes-why = ! nessuna modifica; nelle stesse ore prima: {$usual}
period-week = 7 giorni
period-ever = dall'inizio
limit-org = {$id} API, tutti
limit-budget = {$id} API, nostro budget
limits-rolling = 24 h mobili
limits-legend = ! = oltre il 75%     FULL = esaurito
limits-wait = Le chiamate tornano da sole entro 24 h.
limits-foretell = { $count ->
        [one] {$count} ricetta inutile
       *[other] {$count} ricette inutili
    }
who-calls = CHI USA LE CHIAMATE

# Commands: label, help
key-cause-fix = risolvi
help-cause-fix = fa il rimedio consigliato della riga; propone soltanto
key-connection-reconnect = riconnetti
help-connection-reconnect = prende un nuovo token per questa connessione
key-recipe-propose = marca 10
help-recipe-propose = marca le 10 ricette inutili più vecchie
key-limits-free = libera
help-limits-free = va dove liberare ricette
key-mark = marca
help-mark = marca questa riga
key-recipe-delete = elimina
help-recipe-delete = elimina le ricette marcate, o questa (chiede)
key-error-retry = riprova
help-error-retry = riprova questa riga o le marcate (chiede)
key-error-retry_all = riprova tutto
help-error-retry_all = riprova tutto ciò che è mostrato (chiede)
key-job-stop = ferma
help-job-stop = ferma questo lavoro (chiede)
key-error-next = prossimo
help-error-next = va alla prossima scheda
key-error-previous = precedente
help-error-previous = va alla scheda precedente
key-error-fields = tutti i campi
help-error-fields = mostra anche i campi uguali
key-error-history = storia
help-error-history = mostra la storia di questa scheda
key-activity-failed = solo errori
help-activity-failed = mostra solo gli errori, o tutto
key-objects-period = periodo
help-objects-period = cambia il periodo contato
key-objects-chart = grafico
help-objects-chart = mostra le ore come barre o come numeri
key-objects-failed = errori
help-objects-failed = mostra solo gli oggetti con errori
key-recipe-unused = quali
help-recipe-unused = mostra tutte le ricette, le inutili o quelle in errore
key-connection-check = prova
help-connection-check = prova questa connessione con una chiamata
key-connection-pause = acc./spegni
help-connection-pause = spegne o accende questa connessione (chiede)
key-recipe-pause = pausa
help-recipe-pause = ferma o riprende le marcate, o questa (chiede)
key-recipe-run = esegui
help-recipe-run = cerca modifiche adesso
past-refused = Alle { $at } non si può modificare nulla: il passato è passato. = torna a ora.
past-line = stato delle { $at }: sola lettura, = torna a ora
time-lacking = non registrato: { $what }
time-nothing = non registrato: gli stati lo sono dalle { $from }
time-title = Un'altra ora
time-line = 09:12 di oggi, 2h o 3d fa, o 2026-03-18T09:12:00Z
time-bad = "{ $text }" non è un'ora: 09:12, 2h, 3d o 2026-03-18T09:12:00Z
time-future = Quell'ora non è ancora venuta.
time-is-now = Questo è adesso.
time-step = 1 min
time-far-step = 1 h
key-time-back = 1 min prima
help-time-back = mostra tutto com'era un minuto prima
key-time-on = 1 min dopo
help-time-on = mostra tutto com'era un minuto dopo
key-time-far_back = 1 h prima
help-time-far_back = mostra tutto com'era un'ora prima
key-time-far_on = 1 h dopo
help-time-far_on = mostra tutto com'era un'ora dopo
key-time-go = ora
help-time-go = chiede un'ora e mostra tutto com'era allora
key-time-now = adesso
help-time-now = torna ad adesso
key-live-pause = pausa
help-live-pause = ferma la vista in diretta, o la riprende
key-open = apri
help-open = apre ciò che è sotto il cursore
key-filter = filtro
help-filter = filtra: class: code: obj: dir: recipe: conn: id: by: since: e parole
key-undo = annulla
help-undo = annulla l'ultimo lavoro, o quello scelto
key-error-ignore = ignora
help-error-ignore = mette da parte questa riga o le marcate, con un motivo
key-mark-range = intervallo
help-mark-range = segna ogni riga dall'ultimo segno a questa
key-mark-all = marca tutto
help-mark-all = marca tutto ciò che è mostrato, o niente
key-recipe-more = una in più
help-recipe-more = ne propone una in più
key-recipe-less = una in meno
help-recipe-less = ne propone una in meno
key-connection-remove = rimuovi
help-connection-remove = rimuove questa connessione (chiede)
key-palette = comando
help-palette = trova un comando per nome
key-copy = copia
help-copy = copia questa riga
key-copy-all = copia JSON
help-copy-all = copia il tutto come JSON
key-back = indietro
help-back = torna indietro di un livello; non esce mai
key-panel-next = riquadro
help-panel-next = va al riquadro successivo
key-panel-previous = riquadro
help-panel-previous = va al riquadro precedente
key-move-up = su
help-move-up = sale
key-move-down = giù
help-move-down = scende
key-move-page_up = pag. su
help-move-page_up = sale di una pagina
key-move-page_down = pag. giù
help-move-page_down = scende di una pagina
key-move-first = inizio
help-move-first = va alla prima riga
key-move-last = fine
help-move-last = va all'ultima riga
key-screen-overview = vista
help-screen-overview = che cosa serve fare, e come va
key-screen-errors = errori
help-screen-errors = gli errori per causa
key-screen-connections = connessioni
help-screen-connections = le connessioni, prima le peggiori
key-screen-recipes = ricette
help-screen-recipes = le ricette e il loro limite
key-screen-objects = oggetti
help-screen-objects = i numeri per oggetto e direzione
key-screen-activity = attività
help-screen-activity = il registro, prima i recenti
key-screen-limits = limiti
help-screen-limits = il limite di ricette e le chiamate API
key-screen-jobs = lavori
help-screen-jobs = i lavori e il registro
key-repaint = ridisegna
help-repaint = ridisegna tutto
key-quit-now = esci
help-quit-now = esce subito
key-quit = esci
help-quit = torna indietro, ed esce in cima
key-help = aiuto
help-help = elenca i tasti di questa schermata

# The reconnect wizard, and text outside the full screen.
plain-back = Un tasto qualsiasi torna indietro.
wizard-title = RICOLLEGA {$id}  autorizzare nel PROPRIO browser, non su questa macchina
wizard-esc = Esc ferma
wizard-asking = Chiedo un link ...
wizard-open = Scansionare il quadrato, o aprire questo su qualsiasi macchina:
wizard-keys = c  lo copia    v  mostra il link lungo intero
wizard-allow = Poi accedere come {$user} e premere Consenti. Questa schermata prosegue da sola.
wizard-waiting = in attesa {$waited}
wizard-opened = Il link è stato aperto da {$from}.
wizard-checking = Controllo organizzazione, utente e diritti ...
wizard-paste = Il browser è finito su una pagina di errore? Incollare qui il suo indirizzo intero:
wizard-once = Stato {$tag}: un solo uso, solo questa connessione, valido fino alle {$until}. Codici e token non sono mai mostrati né registrati.
wizard-done = {$id} è collegata come {$user}.
wizard-resume = {$parked} record fermi e {$waiting} modifiche in attesa: farli ripartire? y sì, Invio no [no]
wizard-started = {$count} modifiche di {$id} sono ripartite.
wizard-left = {$id} è collegata; le sue ricette restano sospese finché qualcuno non le riprende.
key-view-plain = testo
help-view-plain = Mostra questa schermata come testo semplice fuori dallo schermo intero; un tasto qualsiasi torna indietro.
snooze-title = RIMANDA {$what}
snooze-line = Torna da sé; niente sparisce per sempre.
snooze-day = per 24 ore
snooze-more = fino a più di {$count} nuovi
snooze-changed = finché qualcosa non cambia
snooze-done = {$what}: messo da parte per un po'.
key-error-snooze = rimanda
help-error-snooze = Mette da parte la causa, o i record, fino a un'ora, un numero di nuovi o un cambiamento.
write-title = MODO SCRITTURA
write-line = Ciò che è protetto si può cambiare per 15 minuti. Perché?
write-needs-reason = Non è stato detto niente; niente si può cambiare.
write-done = Modo scrittura per 15 minuti; è nel registro di audit.
key-mode-write = scrivi
help-mode-write = Permette di cambiare ciò che è protetto per 15 minuti, con un motivo per il registro di audit.

key-recipe-create = nuova
help-recipe-create = crea una ricetta: i due lati, una mappatura proposta, un'anteprima su record veri
recipes-full = { $used } ricette su { $limit }: niente di nuovo finché non se ne liberano. Le più vecchie inutilizzate sono segnate: d le elimina.
form-title = NUOVA RICETTA
form-note = Esc esce, non si crea nulla
form-template = tipo
form-salesforce = Salesforce
form-target = altro lato
form-object = oggetto
form-container = board
form-where = solo se
form-load = carica l'esistente
form-name = nome
form-record-to-item = i record creano elementi
form-item-to-record = gli elementi creano record
form-two-way-item = nei due sensi, vale due
form-yes = sì
form-no = no, solo ciò che cambia d'ora in poi
form-choose = Scegliete l'oggetto e la board: frecce o prime lettere.
form-waiting = interrogo i due sistemi ...
form-keys = Su Giù riga   Sinistra Destra scelta   - esclude un campo   Invio verifica e mostra record veri   * obbligatorio
form-no-connections = Una ricetta vuole una connessione Salesforce e una di un altro sistema.
form-flaw = { $key }: { $found }; atteso { $expected }
form-nothing = Non ci sono ancora record.
form-left-out = { $name } (escluso dalla condizione)
form-cost = Primo caricamento: { $records } record al massimo, { $reads } chiamate per leggere, { $writes } per scrivere.
form-no-load = Non si carica nulla: si sincronizza solo ciò che cambia d'ora in poi.
form-sure = y crea la ricetta e la avvia   Esc torna al modulo
form-made = { $name } è creata e attiva

key-view-export = esporta
help-view-export = scrive ciò che è mostrato in un file, CSV o JSON
key-error-raw = grezzo
help-error-raw = mostra tutto ciò che si sa dell'errore in JSON
key-error-mapping = mappatura
help-error-mapping = apre la ricetta con la sua mappatura
key-error-group = ordine
help-error-group = elenca le cause per oggetto, ricetta o ora
key-record-link = link
help-record-link = copia l'indirizzo del record in Salesforce
key-limits-budget = budget
help-limits-budget = fissa quante chiamate può fare una connessione in 24 ore
key-session-return = torna
help-session-return = torna dove eravate l'ultima volta
export-title = SCRIVI { $count } righe
export-line = La fine del nome sceglie la forma: .csv o .json. Un file esistente non viene sovrascritto.
export-ending = Scrivete il nome con .csv o .json alla fine.
export-nothing = Non c'è nulla da scrivere.
export-done = Scritto: { $path }
export-failed = Non scritto: { $why }
session-none = Non c'è nulla a cui tornare.
session-offer = Eravate a { $place }: { $key } vi torna.
budget-title = BUDGET API di { $id }
budget-line = Chiamate in 24 ore che syncdeck può fare da sé; vuoto per nessun budget proprio.
budget-which = Scegliete una riga di chiamate: le ricette hanno il loro limite.
budget-number = Non è un numero.
budget-done = Il budget di { $id } è fissato.
link-no-record = Questo non ha ancora un record in Salesforce.
link-no-host = Non c'è un indirizzo https dell'org a cui collegarsi.
order-cause = il peggio prima
order-object = per oggetto
order-recipe = per ricetta
order-hour = per ora
whole-pairs = con l'altra metà di ogni coppia, { $count } in tutto
key-mouse = mouse
help-mouse = lascia scegliere le righe al mouse, o lo rende al terminale
mouse-on = Il mouse sceglie le righe; un secondo clic apre. m lo rende.
mouse-off = Il mouse è di nuovo del terminale.
key-error-edit = correggi
help-error-edit = riprova il record con un altro valore, solo per questo tentativo
edit-title = SCRIVI {$field}, solo per questo tentativo
edit-line = La fonte mantiene il suo valore. Invio prova una volta; un rifiuto aspetta come prima.
edit-done = { $field } viene provato con il nuovo valore
job-error-edit = provare con un altro valore
connection-package = pacchetto
connection-hearing = modifiche per
connection-version = API
connection-slug = account
connection-often = revocata in 30 giorni:
calls-paused = in pausa fino a { $until }
calls-dry = esaurite alle { $at } a questo ritmo
calls-shares = Tentativi fino all'{ $retries }% del limite, sincronizzazioni fino al { $syncs }%.
retry-foretell-none = R non ha nulla che possa riuscire ora
col-trend = ultime 10h
col-new = nuovi
col-tries = prove
col-limit = limite
col-used = usato
col-of = di
col-left = resta
col-forecast = stima
why-noticed = che cosa ha notato il motore
why-recipes = { $count ->
    [one] { $count } ricetta
   *[other] { $count } ricette
}
limits-dry = 100% alle { $at } !
limits-does-free = segna le inutili
limits-does-nothing = -
limits-others = È un limite dell'org: il suo amministratore può alzarlo o fare spazio.
limit-of-DataStorageMB = dati, MB
limit-of-FileStorageMB = file, MB
limit-of-DailyBulkV2QueryJobs = letture in massa, 24 h
limit-of-DailyBulkV2QueryFileStorageMB = risultati in massa, MB, 24 h
limit-of-DailyBulkApiBatches = lotti in massa, 24 h
limit-of-DailyDeliveredPlatformEvents = eventi ricevuti, 24 h
limit-of-MonthlyPlatformEventsUsageEntitlement = eventi del mese
calls-by-hour = LE NOSTRE CHIAMATE oggi, per ora
calls-legend = ::  chiamate   ##  di cui nuove prove
calls-days = oggi { $today }   ieri, giorno intero { $yesterday }
calls-again = { $calls ->
    [one] Riprovare tutto: 1 chiamata per { $count } record; { $left } esclusi.
   *[other] Riprovare tutto: { $calls } chiamate per { $count } record; { $left } esclusi.
}
who-others = altre applicazioni, viste dall'org
who-rest = altre { $count }
purpose-look = ricerca di modifiche
purpose-write = scrittura
purpose-retry = nuove prove
purpose-person = persone
purpose-keep = token e manutenzione
col-type = tipo
detail-long = { $field }: { $long } caratteri, { $over } di troppo
detail-costs = costo: 1 chiamata, ne restano { $left } oggi
col-made = creata
col-needed = serve a
recipe-needed = ne dipendono: { $by }
wizard-other-org = È proprio { $name } che intendete? Scrivete questo nome e Enter: un nuovo link la accetterà. La connessione passa a quell'org.
minutes-title = ULTIMA ORA
minutes-legend = . poche   : molte   # errori
recipe-seasonal = stagionale
unused-finished = finita
