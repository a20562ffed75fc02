# Che cosa dice la riga di comando, e perché qualcosa è stato rifiutato.

none = Niente.
done = Fatto.

refused-read-only = Questa sessione è in sola lettura: non è cambiato nulla. Riavviate senza --read-only per cambiare qualcosa.
refused-recipe-limit = L’account { $account } ha { $used } ricette su { $limit }: il limite di { $limit } è raggiunto. Eliminate prima le ricette inutilizzate (`syncdeck recipes unused` le elenca). Non è stato creato nulla; le ricette esistenti continuano.
refused-missing = Non esiste { $what } { $id }.
refused-rule = { $what } { $id }: { $why }. Non è cambiato nulla.
refused-in-use = I dati in { $path } sono usati da un altro processo. Aspettate che finisca, o fermatelo.
refused-too-new = I dati in { $path } hanno il formato { $found }; questa versione conosce i formati fino a { $known }. Usate la versione che li ha scritti, o una più recente. Non è cambiato nulla.
refused-disk-full = Il disco che contiene { $path } è pieno. Liberate spazio; non è andato perso nulla.
refused-broken = I dati in { $path } non sono utilizzabili: { $why }. Se il file non è accessibile, controllate i suoi permessi e il suo disco; se è danneggiato, mettete una copia al suo posto con syncdeck store restore.
refused-vault = Il forziere { $path }: { $why }.
refused-remote = { $title }. Il sistema remoto ha risposto: { $code }: { $message }. { $fix }
refused-flaws = { $count ->
    [one] { $count } errore. Non è cambiato nulla.
   *[other] { $count } errori. Non è cambiato nulla.
 }
refused-which-account = Ci sono più account ({ $accounts }): indicate quale con --account.
refused-other-org = La nuova autorizzazione appartiene a { $found }, ma la connessione appartiene a { $pinned }. Non è cambiato nulla. Autorizzate nell’organizzazione giusta, o confermate l’altra con --other-org e il suo nome.
refused-not-awaited = Nessuna autorizzazione di questa connessione attende una risposta. Iniziane una con: syncdeck connections reconnect.
refused-authorisation-expired = L’autorizzazione non è stata conclusa entro dieci minuti. Ricomincia.
refused-other-state = Ciò che è stato incollato appartiene a un’altra autorizzazione. Incolla ciò che il browser mostra dopo l’ultimo link, oppure ricomincia. Non è stato cambiato nulla.
refused-no-code = In ciò che è stato incollato non c’è alcun codice. Copia l’intero indirizzo che il browser mostra dopo il consenso, anche se la pagina non si apre.
refused-scopes = L’autorizzazione è stata data senza questi diritti: { $rights }. Fai aggiungere all’amministratore gli ambiti OAuth mancanti nell’app, poi autorizza di nuovo. Non è stato cambiato nulla.
authorised-other-user = Autorizzata da { $user }; prima era { $before }. I suoi diritti possono essere diversi: esegui syncdeck doctor.
refused-not-undoable = Il lavoro { $job } non può essere annullato.
refused-no-engine = Nessun motore lavora su questi dati. Avviatene uno con `syncdeck serve`.
refused-version = Il motore parla la versione { $ours } del protocollo e questo programma la versione { $theirs }. Riavviate il motore con la stessa versione.
refused-filter = La parte "{ $part }" del filtro non è comprensibile.
refused-engine-gone = Il motore non c’è più. Quello che stava facendo è al sicuro; riavviatelo.
refused-engine-start = Il motore non si è avviato: { $why }. Il suo registro è { $path }.
refused-yes = Serve un sì: aggiungete --yes.
refused-no-ids = Indicate quali errori: identificativi, --group o --all.
refused-id = "{ $id }" non è un identificativo. Atteso: { $expected }.
refused-time = "{ $text }" non è un’ora. Atteso: RFC 3339, today, o una durata come 24h o 30d.
refused-at = "{ $text }" non è un’ora. Atteso: RFC 3339, un’ora di oggi come 09:12, today, o una durata all’indietro come 30m o 24h.
refused-no-past = Questo si dice solo del presente: il suo passato non è registrato.
refused-future = Quell’ora non è ancora venuta. Indicatene una passata.
past-at = stato al { $at }
past-lacking = non registrato: { $what } (gli stati sono registrati dal { $from })
past-nothing = non registrato (gli stati sono registrati dal { $from })
past-counts-to = contato fino a { $to }: le righe di quell’ora non ci sono più
refused-reason = Dite perché con --reason.
refused-file = Il file { $path } non è leggibile: { $why }.
refused-no-terminal = La console ha bisogno di un terminale. Usate invece un comando, o aggiungete --headless.
refused-not-a-story = { $path } contiene già dei dati: una storia richiede una cartella che non ne abbia.
story-made = Preparo la storia «{ $story }» una volta sola; resta per la prossima volta.
refused-nothing-unused = Nessuna ricetta può essere proposta per l’eliminazione.
exported = { $count ->
    [one] { $count } file di ricetta scritto in { $path }.
   *[other] { $count } file di ricetta scritti in { $path }.
}
applied = Create: { $created }, modificate: { $changed }, sostituite: { $replaced }, eliminate: { $deleted }; invariate: { $same }.
apply-would = Da creare: { $created }, da modificare: { $changed }, da sostituire: { $replaced }, da eliminare: { $deleted }; invariate: { $same }.
exported-rows = { $count ->
    [one] { $count } riga scritta in { $path }.
   *[other] { $count } righe scritte in { $path }.
}
refused-no-data = Non c’è alcun file di dati in { $path }.
compacted = { $before } KiB prima, { $after } KiB ora.
store-well = Tutto a posto.
store-ill = Il file di dati ha bisogno di cure: tenerne una copia, poi ripristinare un backup.
backed-up = Copiato in { $path }. I segreti restano nella cassaforte e non ne fanno parte.
ask-restore = Mettere la copia al posto dei dati in { $path }? [s/N]
restored = Fatto. Ciò che c’era prima si trova in { $before }.
audit-whole = { $count ->
    [one] { $count } riga, come è stata scritta.
   *[other] { $count } righe, tutte come sono state scritte.
}
audit-broken = Il registro di audit non è ciò che è stato scritto ({ $count } righe).
init-next = I file in { $path } sono esempi da modificare. Poi: completare connections/salesforce.toml e connections/monday.toml, eseguire `syncdeck connections add --file FILE` per ciascuno, e `syncdeck recipes create --file FILE`.
head-theme = TEMA
head-palette = TAVOLOZZA
head-background = SFONDO
head-colours = COLORI
head-role = RUOLO
head-ratio = RAPPORTO
head-needed = RICHIESTO
thing-cause = causa
refused-protected = { $id } è protetta: niente è stato cambiato. Passare in scrittura con W e un motivo nella console, o aggiungere --write --reason TESTO.
refused-sandbox = La sandbox non si è avviata: { $why }.
refused-other-serve = Un altro motore serve { $path }. Fermatelo prima.

mistake-line = { $path }:{ $line }: { $key }: trovato { $found }; atteso { $expected }
mistake-key = { $key }: trovato { $found }; atteso { $expected }

thing-account = account
thing-connection = connessione
thing-recipe = ricetta
thing-record = record
thing-user = utente
thing-conflict = conflitto trattenuto
thing-lost_value = valore perso
thing-error = errore
thing-job = lavoro

connection-pending = Non ancora provata.
connection-valid = Funziona.
connection-revoked = L’autorizzazione è venuta meno ({ $code }). Riconnettetela; le sue ricette aspettano e non perdono nulla.
connection-blocked = Non può usare l’API ({ $code }). Un amministratore dell’organizzazione deve permetterlo.
connection-exhausted = Un limite di chiamate è esaurito ({ $code }). Riprende da sola.
connection-unreachable = Nessuna risposta ({ $code }). Si riprova automaticamente.
connection-off = Disattivata da un operatore.
cause-address = Probabilmente l’organizzazione accetta accessi solo da certi indirizzi: un amministratore allenta la restrizione IP dell’app.
cause-inactive = Probabilmente l’utente è stato disattivato o bloccato, o la sua password è cambiata: un amministratore controlla l’utente.
cause-org = L’intera organizzazione è inattiva.
cause-unapproved = La politica dell’app ammette solo utenti preautorizzati da un amministratore, e questo non è tra loro.
cause-assertion = L’asserzione firmata non va bene: la chiave, il nome utente o l’host nel file della connessione non sono quelli che l’app si aspetta.
cause-withdrawn = Probabilmente un amministratore ha revocato l’autorizzazione, la password è cambiata, il token è scaduto o non è stato usato, oppure lo stesso utente ha connesso l’app più di cinque volte.
cause-token = L’app è stata disinstallata, il suo utente ha lasciato l’account oppure il token è stato sostituito: monday non dice quale.
cause-uninstalled = L’organizzazione ammette solo app installate: un amministratore la installa in Connected Apps OAuth Usage.
cause-secret = Il segreto dell’app è cambiato: correggilo nel file della connessione e aggiungi di nuovo la connessione.
cause-blocked = Un amministratore ha bloccato l’app.
cause-api = All’utente manca il permesso “API Enabled”.
cause-package_missing = Nell’organizzazione manca il pacchetto di cui questa connessione ha bisogno.
hearing-off = Gli eventi di modifica sono disattivati per questa connessione (events = false); le modifiche si cercano al ritmo delle ricette.
hearing-none = Le modifiche si cercano al ritmo delle ricette; nessuna viene annunciata da questa connessione.
hearing-starting = { $object }: comincia l’ascolto delle modifiche.
hearing-idle = { $object }: nessuno ascolta finché la connessione o le sue ricette sono a riposo.
hearing-refused = { $object }: le sue modifiche non vengono annunciate ({ $code }); si cercano al ritmo delle ricette. Un amministratore sceglie l’oggetto in Imposta, Change Data Capture, e dà all’utente il diritto Visualizza tutto.
hearing-lost = { $object }: gli eventi di modifica si sono interrotti ({ $code }). Si riprova da sé; intanto le modifiche si cercano.
doctor-api-pass = L’API risponde: { $about }, { $detail }.
doctor-api-fail = L’API non è utilizzabile: { $detail }
doctor-api-fix = L’organizzazione deve avere un’edizione con accesso API (Enterprise, Unlimited, Performance o Developer) e l’utente il permesso “API Enabled”; un’autorizzazione revocata si ridà con: syncdeck connections reconnect.
doctor-object-pass = { $about }: l’utente può fare tutto ciò che serve alle ricette.
doctor-object-fail = { $about }: mancano questi diritti: { $detail }.
doctor-object-fix = Dai all’utente questi diritti su { $about } in un set di autorizzazioni.
doctor-fields-pass = { $about }: tutti i campi mappati esistono e sono aperti.
doctor-fields-fail = { $about }: questi campi sono nascosti, scomparsi o non scrivibili: { $detail }.
doctor-fields-fix = Fai aprire la sicurezza a livello di campo di { $about }, oppure togli i campi dalle ricette.
doctor-notes-fail = { $about }: le note non sono attivate, o l’utente non può vederle.
doctor-notes-fix = Attiva le note in Setup (Notes Settings) e dai accesso all’utente.
doctor-events-pass = { $about }: le modifiche sono annunciate come eventi.
doctor-events-warn = { $about }: le modifiche non sono annunciate come eventi; vengono richieste.
doctor-events-fix = Seleziona { $about } in Change Data Capture, in Setup.
doctor-package-pass = Il pacchetto { $about } è installato ed è il più recente.
doctor-package-none = Il pacchetto non è installato; questa connessione non ne ha bisogno.
doctor-package-warn = Il pacchetto { $about } è installato; il più recente è { $detail }.
doctor-package-fail = Il pacchetto manca nell’organizzazione.
doctor-package-fix = Un utente Salesforce con “API Enabled” installa il pacchetto più recente: { $detail }
doctor-package-unlinked = Un utente Salesforce con “API Enabled” installa il pacchetto più recente: monday mostra il link quando vi si connette Salesforce. Mettilo nella tabella dei pacchetti come install_url, e comparirà qui.
doctor-calls-pass = Chiamate rimaste oggi: { $detail }.
doctor-calls-warn = Oggi restano poche chiamate: { $detail }.
doctor-calls-fail = Oggi non restano chiamate: { $detail }.
doctor-calls-fix = Dirada le pianificazioni, ascolta gli eventi di modifica, oppure fai alzare il limite dell’organizzazione.
doctor-clock-pass = Gli orologi concordano (differenza { $detail } s).
doctor-clock-warn = Gli orologi differiscono di { $detail } s.
doctor-clock-fail = Gli orologi differiscono di { $detail } s: l’accesso con chiave fallisce e gli orari ingannano.
doctor-clock-fix = Regola l’orologio di questa macchina con NTP.
scopes-lacking = All’autorizzazione manca { $scopes }. Aggiungilo agli ambiti OAuth dell’app in Salesforce, poi riconnetti.
advice-revoked-often = Revocata { $times } volte in { $days } giorni. Parla con l’amministratore dell’organizzazione: controlla la politica dei token dell’app, e chi altro si connette con lo stesso utente.

alert-AUTH = token rifiutato: { $connection } ({ $code })
alert-PERM = { $connection } non può usare l’API ({ $code })
alert-LIMIT = limite di chiamate di { $connection } esaurito ({ $code })
alert-CAP = limite di ricette raggiunto: { $used } su { $limit }
alert-GONE-container_gone = La bacheca { $name } è sparita: { $count } ricette attendono ({ $recipes })
alert-GONE-object_gone = L’oggetto { $name } è sparito: { $count } ricette attendono ({ $recipes })
alert-GONE-field_gone = Sparito da { $connection }: { $name }; { $count } ricette attendono ({ $recipes })
alert-GONE-field_changed = Modificato in { $connection }: { $name }; { $count } ricette attendono ({ $recipes })
alert-GONE-container_gone-fix = È stata archiviata, eliminata o nascosta all’utente di { $connection }. Una volta ripristinata, riprendono da sole, o subito con `recipes resume`; altrimenti eliminarle.
alert-GONE-object_gone-fix = È stato rimosso, o l’utente di { $connection } non può più vederlo. Una volta ripristinato, riprendono da sole, o subito con `recipes resume`; altrimenti eliminarle.
alert-GONE-field_gone-fix = È stato rimosso, o l’utente di { $connection } non può più vederlo. Una volta ripristinato, riprendono da sole, o subito con `recipes resume`; altrimenti creare ricette che non lo usano.
alert-GONE-field_changed-fix = Il suo tipo non è più compatibile con il campo a cui è associato, o non si può più scrivere. Una volta tornato com’era, riprendono da sole, o subito con `recipes resume`; altrimenti creare ricette che non lo usano.
alert-BRAKE = { $name } ({ $recipe }): { $count } eliminazioni in una volta; nessuna viene eseguita
alert-BRAKE-fix = Guardare che cosa è stato eliminato. `recipes resume { $recipe }` le lascia passare; ripristinare i record le annulla.

limits-recipes = { $account }: { $used } ricette su { $limit }, { $unused } inutilizzate
status-engine = Motore { $state } ({ $version }), account { $account }
status-recipes = Ricette: { $used } su { $limit } ({ $active } attive, { $paused } in pausa, { $suspended } sospese)
status-api = API { $connection }: { $used } chiamate in 24 h; tutta l’organizzazione { $org } su { $limit }; budget { $budget }
status-object = { $object }: { $created } creati, { $updated } modificati, { $deleted } eliminati, { $failed } falliti
status-errors = Errori: { $open } aperti in { $groups ->
    [one] { $groups } causa
   *[other] { $groups } cause
 }, { $retrying } in nuovo tentativo
status-in-step = Sincronizzato.
status-backlog = Non sincronizzato: { $backlog } modifiche in attesa.

job-planned = Riproverebbe { $of } con { $calls } chiamate API. Esclusi perché fallirebbero di nuovo: { $skipped }.
job-doubtful = Falliscono ancora se nulla è cambiato: { $classes }.
cause-just-before = Fatto poco prima dell'inizio:
cause-by-itself = da solo
cause-earlier = Finito l'ultima volta:
job-line = Lavoro { $job }: { $done } su { $of } ({ $ok } riusciti, { $failed } falliti, { $skipped } esclusi), { $state }.
job-left-out = Lavoro { $job }: { $done } su { $of } ({ $ok } riusciti, { $failed } falliti), { $state }. Esclusi perché fallirebbero di nuovo: { $left }.

ask-delete = Eliminare { $count ->
    [one] { $count } ricetta ({ $ids })
   *[other] { $count } ricette ({ $ids })
 }? I record su entrambi i lati restano come sono; le ricette si possono ripristinare per 30 giorni. [y/N]
ask-retry = Riprovare { $of } con { $calls } chiamate API? { $skipped } fallirebbero di nuovo e sono esclusi. [y/N]
not-confirmed = Non confermato; non è cambiato nulla.

sandbox-ready = La sandbox è in ascolto su { $control }. Ctrl-C la ferma.
serve-ready = Il motore serve { $path }.
add-callback = In Salesforce, registra questo URL di callback nell’app: { $url } (ambiti: api, id, refresh_token).
add-callback-monday = In monday, registra questo URL di reindirizzamento nell’app: { $url } (ambiti: { $scopes }; webhooks:read e webhooks:write perché i cambiamenti siano comunicati subito).
reconnect-open = Apri questo indirizzo in un browser, su qualsiasi macchina, accedi e acconsenti:
reconnect-paste = Poi attendi, oppure incolla qui ciò che il browser mostra dopo: l’indirizzo intero o il codice. Fino a { $until }.
reconnect-opened = Il link è stato aperto da { $from }.
reconnected-other-org = Se è un'altra org rispetto a prima: tutto viene confrontato di nuovo. Un collegamento il cui record non c'è viene verificato prima di ogni scrittura, e la sua controparte resta com'è; per questo non si elimina nulla. Gli utenti restano collegati come prima: controllarli con `syncdeck users list`.
callback-done = { $id } è autorizzata. Puoi chiudere questa pagina; si prosegue nel terminale.
callback-refused = L’autorizzazione non è stata accettata. { $why }
callback-link = { $who } ti chiede di lasciare che syncdeck lavori con { $org } ({ $system }). Prosegui solo se te lo aspettavi.
callback-go-on = Prosegui verso { $system }
callback-gone = Questo link non è valido, o non lo è più. Chiedine uno nuovo.
demo-data = I dati della dimostrazione sono in { $path }.

head-account = ACCOUNT
head-recipes = RICETTE
head-connections = CONNESSIONI
head-connection = CONNESSIONE
head-system = SISTEMA
head-state = STATO
head-since = DA
head-org = ORGANIZZAZIONE
head-user = UTENTE
head-recipe = RICETTA
head-name = NOME
head-hour = ORA
head-object = OGGETTO
head-direction = VERSO
head-container = CONTENITORE
head-last-change = ULTIMA MODIFICA
head-unused = INUTILIZZATA
head-created = CREATI
head-updated = MODIFICATI
head-deleted = ELIMINATI
head-skipped = SALTATI
head-failed = FALLITI
head-job = LAVORO
head-what = COSA
head-by = DA CHI
head-at = QUANDO
head-done = FATTO
head-ok = RIUSCITI
head-cause = CAUSA
head-class = CLASSE
head-code = CODICE
head-count = NUMERO
head-last = ULTIMO
head-title = CHE COSA È SUCCESSO
head-error = ERRORE
head-record = RECORD
head-tries = TENTATIVI
head-mark = .
head-field = CAMPO
head-agreed = ULTIMO ACCORDO
head-salesforce = SALESFORCE
head-target = ALTRO LATO
head-command = COMANDO
head-keys = TASTI
head-cli = RIGA DI COMANDO
head-help = CHE COSA FA

# The console in lines.
plain-read-only = sola lettura
plain-write = scrittura
plain-head = { $account }, { $mode }, { $time }. { $causes ->
    [one] 1 causa
   *[other] { $causes } cause
}, { $parked } record fermi, { $queued } in coda.
plain-cause = { $at }. { $class }. { $title }, dalle { $since }. { $count }. Rimedio: { $fix }
plain-what = Un numero, oppure R ripeti tutto, e errori, c connessioni, r ricette, l limiti, a attività, j lavori, u annulla, q esci?
plain-retry = Ripetere { $count } record, circa { $calls } chiamate API. { $skipped ->
    [0] Niente resta fuori.
   *[other] { $skipped } fallirebbero di nuovo e restano fuori: { $left }.
} Sì, tutti o no? [no]
plain-job = Lavoro { $job }: { $done } di { $of }.
plain-job-over = Lavoro { $job } finito: { $done } di { $of }, { $ok } ok, { $failed } falliti.
plain-delete = Eliminare { $count } ricette: { $ids }? Si possono ripristinare per 30 giorni; nessun record viene toccato. Sì o no? [no]
plain-reconnect = Per ricollegare, uscire con q ed eseguire: syncdeck connections reconnect { $id }
head-email = E-MAIL
head-other-user = ALTRA PARTE
head-tied = PER
user-by-email = e-mail
user-by-name = nome
user-by-hand = a mano

head-conflict = CONFLITTO
head-in-salesforce = IN SALESFORCE
head-in-other = DALL'ALTRA PARTE

refused-which-connection = Ci sono più connessioni, o nessuna: indicate quale con { $option }.
preview-record = { $name }
preview-left-out = { $name } (escluso dalla condizione)
preview-cost = { $records } record: { $reads } chiamate API per leggere, { $writes } per scrivere.
run-would = { $recipe } guarderebbe { $records } record: { $created } creati, { $updated } modificati, { $deleted } eliminati o archiviati, in { $calls } chiamate.
run-would-open = { $held } aspetterebbero la decisione di una persona; il corrispondente di { $looked } verrebbe letto prima.
run-would-more = Ce ne sono altri: sono stati guardati solo i primi.
# Record il cui padre non ha ancora una controparte
recipe-waiting = { $count ->
    [one] { $count } record aspetta il suo padre:
   *[other] { $count } record aspettano il loro padre:
}
limits-org = { $connection }: { $name } { $used } di { $max }
limits-use = { $connection }: { $calls } chiamate in 24 h, { $purpose } { $recipe }
cause-noticed = Notato allora:
