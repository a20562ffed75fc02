# The console. Les noms de classes, codes et états ne sont jamais traduits.

# First line and footer
screen-overview = Vue
screen-errors = Erreurs
screen-connections = Conn
screen-recipes = Recettes
screen-objects = Objets
screen-activity = Activité
screen-limits = Limites
screen-jobs = Tâches
short-overview = Vue
short-errors = Err
short-connections = Con
short-recipes = Rec
short-objects = Obj
short-activity = Act
short-limits = Lim
short-jobs = Tâc
reconnecting = RECONNEXION depuis
slow-link = lien lent
too-small = syncdeck a besoin d'au moins 50x12 caractères ; ici {$size}. Agrandissez la fenêtre, ou q pour quitter.
months = jan fév mar avr mai jun jul aoû sep oct nov déc
today = aujourd'hui
last-hour = 60 dernières min
last-day = 24 dernières h
newest-first = récents d'abord
worst-first = pires d'abord
not-heard = En attente du moteur ...
filter = filtre
filter-none = Rien ne correspond. Esc enlève le filtre.
rows-waiting = { $count ->
        [one] {$count} nouvelle ligne attend
       *[other] {$count} nouvelles lignes attendent
    }
sum = total
yesterday = hier
yesterday-to = hier jusqu'à { $time }
never = jamais

# Refusals and small facts
read-only = Lecture seule : rien ne peut être modifié ici.
engine-lost = Le moteur est injoignable ; rien n'a été modifié.
paste-refused = collage refusé : aucune saisie n'est ouverte ici
copied = Copié ({$way}).
copy-failed = La copie a échoué.
undo-nothing = Rien à annuler dans cette session ; choisissez une tâche à l'écran 8.
undo-done = La tâche {$job} a été annulée.

# Dialogs
dialog-default = par défaut : Non
dialog-no = Entrée ou Esc  non, ne rien changer
dialog-type = Protégé. Tapez {$count} puis Entrée :
prompt-keys = Entrée  continuer     Esc  tout laisser
palette-title = COMMANDES
help-title = TOUCHES
help-note = tapez pour chercher, Esc ferme

# Overview
needs-title = À TRAITER
needs-causes = { $count ->
        [one] {$count} cause
       *[other] {$count} causes
    }
needs-parked = { $count ->
        [one] {$count} garé
       *[other] {$count} garés
    }
needs-waiting = {$count} en attente
needs-clear = 0 cause, rien à signaler depuis {$time}
needs-why = cause
needs-next = suite
needs-behind = { $count ->
        [one] {$count} modification attend derrière, sans échec.
       *[other] {$count} modifications attendent derrière, sans échec.
    }
overview-last = dernier : {$what}
objects-title = OBJETS
limits-title = LIMITES
now-title = EN DIRECT
throughput-title = DÉBIT
throughput-legend = :: faits   ## échoués
per-minute = par minute
limit-recipes = recettes

# Columns
col-cause = cause
col-happened = ce qui est arrivé
col-object = objet
col-parked = garés
col-waiting = attente
col-since = depuis
col-f-does = f fait
col-created = créés
col-updated = modifiés
col-deleted = effacés
col-skipped = ignorés
col-failed = échecs
col-last = dernier
col-way = sens
col-code = code
col-message = ce que dit l'autre côté
col-records = fiches
col-first = début
col-latest = fin
col-time = heure
col-record = fiche
col-id = id
col-fields = champs
col-try = n°
col-state = état
col-field = champ
col-agreed = dernier accord
col-send = {$system}, à envoyer
col-there = {$system} maintenant
col-done = op
col-took = durée
col-job = tâche
col-by = par
col-result = résultat
col-name = nom
col-change = modif.
col-run = passage
col-why-unused = pourquoi inutile
col-note = note
col-connection = connexion
col-system = système
col-user = compte
col-api-left = API rest
col-recipes = recettes
col-last-ok = dern. ok
col-what = quoi
col-begun = début
col-progress = faits/sur
col-who = qui
col-on = sur quoi
col-why = pourquoi, d'où

# Remedies
remedy-reconnect = reconnecter
remedy-free_recipes = choisir 10 à ôter
remedy-wait = attendre; limites
remedy-retry = réessayer, sûr
remedy-show_diff = voir les écarts
remedy-ask_admin = copier pr. admin
remedy-open_pair = ouvrir la paire
remedy-open_mapping = ouvrir le mapping
remedy-report = copier le rapport
remedy-copied = Le texte à envoyer a été copié.
job-started-at = par {$by} à {$time} ; {$skipped} laissés de côté, environ {$calls} appels API

# Retrying
retry-title = RÉESSAYER {$what}
retry-everything = tout ce qui est garé
retry-cause = cette cause
retry-records = { $count ->
        [one] {$count} fiche
       *[other] {$count} fiches
    }
retry-can = { $count ->
        [one] {$count} qui peut réussir maintenant.
       *[other] {$count} qui peuvent réussir maintenant.
    }
retry-cost = { $calls ->
        [one] Environ {$calls} appel API.
       *[other] Environ {$calls} appels API.
    }
retry-doubtful = { $count ->
        [one] {$count} échoue encore si rien n'a été changé : {$classes}.
       *[other] {$count} échouent encore si rien n'a été changé : {$classes}.
    }
retry-yes-doubtful = réessayer {$count} quand même
retry-left-out = {$count} échoueraient encore ({$classes}) : laissés de côté.
retry-grace = Cela commence après 5 secondes ; d'ici là, u l'annule.
retry-yes = réessayer les {$count}
retry-all = réessayer tous les {$count} quand même
retry-nothing = Rien à réessayer ici.
retry-no-errors = Ce n'est pas une erreur de fiche ; f fait ce qui aide.
retry-filtered = R porte sur ce qui est affiché : ouvrez une cause ou ôtez le filtre.
retry-foretell = R réessaie les {$count} qui peuvent réussir
retry-foretell-rest = {$count} échoueraient encore : {$classes}
ignore-title = IGNORER {$what}
ignore-why = Pourquoi ? La raison figure au journal d'audit.
ignore-needs-reason = Rien n'a été ignoré : il faut une raison.
ignore-done = Ignoré : {$what}.

# Jobs
job-begun = job {$job} : {$what}, {$of} à faire ; u annule
job-over = job {$job} : {$what} ; u annule
job-waiting = job {$job} : {$what}, attend ; {$done} sur {$of}, {$ok} ok, {$failed} échoués
job-running = job {$job} : {$what}, {$done} sur {$of}, {$ok} ok, {$failed} échoués
job-done = job {$job} : {$what}, {$done} sur {$of} finis, {$ok} ok, {$failed} échoués
job-stopped = job {$job} : {$what}, arrêtée après {$done} sur {$of}, {$ok} ok, {$failed} échoués
job-undone = job {$job} : {$what}, annulée ; {$done} sur {$of}, {$ok} ok, {$failed} échoués
job-error-retry = réessayer des erreurs
job-error-retry_all = réessayer des erreurs
job-error-ignore = ignorer des erreurs
job-recipe-delete = supprimer des recettes
job-recipe-pause = suspendre des recettes
job-recipe-resume = reprendre des recettes
job-recipe-restore = restaurer des recettes
jobs-title = TÂCHES
jobs-none = Aucune tâche encore.
jobs-foretell = Les tâches tournent dans le moteur, même fenêtre fermée. Tab : audit.
audit-title = AUDIT
audit-note = qui, quoi, sur quoi, pourquoi
stop-title = ARRÊTER LA TÂCHE {$job} ?
stop-yes = l'arrêter ; ce qui est fait reste fait
stop-done = La tâche {$job} a été arrêtée.
stop-over = Cette tâche est déjà finie.

# Errors
errors-title = ERREURS par cause
errors-none = Aucune erreur ouverte.
errors-shown = {$count} sur {$of} affichées
why-objects = objets  {$objects}
why-just-before = ce qui a été fait dans les 10 minutes avant
why-nothing-before = rien
why-earlier = la même cause auparavant
why-never = pas parmi les 5 000 dernières erreurs
why-over-after = {$began}, fini après {$minutes} min
why-by = par {$who}
why-by-itself = d'elle-même
why-title = POURQUOI
why-numbers = début {$first}   fin {$last}   recettes {$recipes}   en attente {$waiting}
records-title = FICHES
records-marked = { $count ->
        [one] {$count} marquée
       *[other] {$count} marquées
    } : r les réessaie
records-foretell = r réessaie cette fiche, R les {$count} de cette cause
enter-opens = Entrée ouvre
detail-try = essai {$count}
detail-legend = ! bloque   ~ diffère   = égal   > coupé, Entrée montre tout
detail-sends = un essai envoie :
detail-leaves = il laisse :
detail-counts = { $blocks ->
        [one] {$blocks} champ bloque
       *[other] {$blocks} champs bloquent
    }, {$differ} diffèrent, {$same} égaux (w montre tout)
detail-share = { $count ->
        [one] {$count} fiche a cette cause.
       *[other] {$count} fiches ont cette cause.
    }
detail-times = début {$first}, fin {$last}
history-title = HISTORIQUE de la fiche

# Activity
activity-title = ACTIVITÉ
activity-matches = { $count } sur { $of } correspondent
activity-shown = { $count ->
        [one] {$count} ligne affichée
       *[other] {$count} lignes affichées
    }
activity-paused = PAUSE à {$time} | {$count} plus récents (p reprend)
follow-on = suivi actif
follow-off = suivi arrêté
failed-only = échecs seuls
record-title = FICHE
record-facts = recette {$recipe}   essai {$try}   durée {$took}   par {$by}

# Recipes
recipes-title = RECETTES
recipes-of = {$used} sur {$limit}
recipes-unused = { $count ->
        [one] {$count} inutile 30j+
       *[other] {$count} inutiles 30j+
    }
recipes-foretell = { $count ->
        [one] {$count} inutile
       *[other] {$count} inutiles
    } : f marque les 10 plus anciennes
recipes-marked = { $count ->
        [one] {$count} marquée
       *[other] {$count} marquées
    } | après suppression : {$left} sur {$limit} | gardées 30 jours : u les rend
recipes-nothing-proposed = Rien à proposer : aucune recette inutile ne peut partir.
recipes-no-unused = Aucune recette inutile. U en montre d'autres.
recipes-running = {$id} cherche des modifications.
shown-all = toutes (U change)
shown-unused = inutiles (U change)
shown-failing = en échec (U change)
recipe-title = RECETTE
recipe-made = {$object}, {$way}, toutes les {$schedule}, créée {$day} par {$by}
recipe-pair = paire avec {$id}
recipe-unused = inutile car : {$why}
recipe-fields = champs : {$fields}
recipe-condition = seulement si : {$condition}
recipe-deleting = supprimer ne touche aucune fiche ; u la rend pendant 30 jours
recipe-parked = { $count ->
        [one] {$count} garé
       *[other] {$count} garés
    }
unused-never-ran = n'a jamais tourné
unused-no-change = sans changement
unused-paused = en pause
unused-suspended = suspendue
unused-container-gone = tableau disparu
unused-object-gone = objet disparu
unused-field-gone = champ disparu
unused-duplicate = doublon
delete-title = { $count ->
        [one] SUPPRIMER {$count} RECETTE ?
       *[other] SUPPRIMER {$count} RECETTES ?
    }
delete-use = utilisées {$used} -> {$left} sur {$limit}
delete-active = actives parmi elles : {$count} ({$ids})
delete-records = fiches supprimées ou modifiées : 0
delete-backlog = { $count ->
        [one] {$count} modification en attente ne passerait pas
       *[other] {$count} modifications en attente ne passeraient pas
    }
delete-half = L'autre moitié d'une paire reste, à sens unique.
delete-undo = annuler : u, jusqu'au {$until}
delete-yes = { $count ->
        [one] la supprimer
       *[other] supprimer les {$count}
    }
delete-done = { $count ->
        [one] {$count} recette supprimée
       *[other] {$count} recettes supprimées
    }
pause-title = { $count ->
        [one] METTRE EN PAUSE {$count} RECETTE ?
       *[other] METTRE EN PAUSE {$count} RECETTES ?
    }
pause-yes = { $count ->
        [one] la mettre en pause
       *[other] mettre en pause les {$count}
    }
pause-done = { $count ->
        [one] {$count} recette en pause
       *[other] {$count} recettes en pause
    }
resume-title = { $count ->
        [one] REPRENDRE {$count} RECETTE ?
       *[other] REPRENDRE {$count} RECETTES ?
    }
resume-yes = { $count ->
        [one] la reprendre
       *[other] reprendre les {$count}
    }
resume-done = { $count ->
        [one] {$count} recette reprend
       *[other] {$count} recettes reprennent
    }

# Connections
connections-title = CONNEXIONS
connections-none = Aucune connexion : syncdeck connections add --file FILE
connections-foretell = f reconnecte {$id} : {$parked} garés et {$queued} modifications en dépendent
connections-ok = { $recipes ->
        [one] {$id} : {$recipes} recette l'utilise
       *[other] {$id} : {$recipes} recettes l'utilisent
    }
connection-org = org
connection-edition = édition
connection-scopes = étendues
connection-address = adresse
connection-counts = recettes {$recipes}   garés {$parked}   en attente {$queued}
connection-protected = protégée : lecture seule au départ, demande de taper les nombres
token-title = RECONNECTER {$id}
token-ask = Collez un jeton d'actualisation du compte {$user} de {$org}.
token-secret = Il n'est jamais montré ni journalisé.
token-empty = Rien n'a été collé ; rien n'a changé.
reconnect-title = RECONNECTER {$id} ?
reconnect-waits = {$parked} garés et {$queued} modifications en dépendent.
reconnect-checks = Le jeton est d'abord vérifié : même org, même compte, droits.
reconnect-yes = reconnecter et reprendre ce qui attend
reconnect-alone = reconnecter seulement ; recettes suspendues
reconnect-done = {$id} est reconnectée ; {$count} attendent encore.
reconnect-done-resumed = {$id} est reconnectée ; {$count} repartent.
check-done = {$id} a répondu.
disable-title = ÉTEINDRE {$id} ?
disable-line = { $count ->
        [one] {$count} recette sera suspendue.
       *[other] {$count} recettes seront suspendues.
    }
disable-yes = l'éteindre
disable-done = {$id} est éteinte.
enable-title = ALLUMER {$id} ?
enable-line = { $count ->
        [one] {$count} recette l'utilise.
       *[other] {$count} recettes l'utilisent.
    }
enable-yes = l'allumer
enable-done = {$id} est allumée.
remove-title = RETIRER {$id} ?
remove-line = { $count ->
        [one] {$count} recette l'utilise : refusé tant qu'il y en a.
       *[other] {$count} recettes l'utilisent : refusé tant qu'il y en a.
    }
remove-yes = la retirer, avec son jeton
remove-done = {$id} a été retirée.

# Objects and limits
objects-none = Rien n'est passé pendant ce temps.
objects-foretell = {$period}, par objet et sens ; i change la période
objects-foretell-day = {$period} contre les mêmes heures la veille ; ! = plus de 3 x l'habitude
objects-foretell-week = {$period} contre la semaine d'avant ; ! = plus de 3 x l'habitude
objects-by-hour = par heure
objects-by-recipe = PAR RECETTE
objects-writing = {$count ->
    [one] {$count} recette a écrit
   *[other] {$count} recettes ont écrit
}
objects-failed-only = échecs seulement
objects-no-recipes = Aucune recette ici ne peut être mise en pause ou reprise.
objects-usual = habitude à cette heure, médiane de 28 jours : {$created} créés, {$updated} modifiés, {$deleted} effacés
objects-usual-unknown = L'habitude est connue à partir du septième jour.
col-versus = diff.
col-in-step = à jour
odd-failures = échecs
odd-deletions = effacements
odd-creations = créations
odd-changes = modifications
odd-no-creations = aucune création
odd-no-changes = aucune modif.
odd-failures-why = ! {$now} échecs dans cette heure ; habitude : {$usual} (médiane de 28 jours)
odd-deletions-why = ! {$now} effacés dans cette heure ; habitude : {$usual} (médiane de 28 jours)
odd-creations-why = ! {$now} créés dans cette heure ; habitude : {$usual} (médiane de 28 jours)
odd-changes-why = ! {$now} modifiés dans cette heure ; habitude : {$usual} (médiane de 28 jours)
odd-no-creations-why = ! aucune création ; aux mêmes heures avant : {$usual}
odd-no-changes-why = ! aucune modification ; aux mêmes heures avant : {$usual}
period-week = 7 jours
period-ever = depuis le début
limit-org = {$id} API, tous
limit-budget = {$id} API, notre budget
limits-rolling = 24 h glissantes
limits-legend = ! = plus de 75%     FULL = plus rien
limits-wait = Les appels reviennent d'eux-mêmes en 24 h.
limits-foretell = { $count ->
        [one] {$count} recette inutile
       *[other] {$count} recettes inutiles
    }
who-calls = QUI UTILISE LES APPELS

# Commands: label, help
key-cause-fix = traiter
help-cause-fix = fait le remède conseillé de la ligne ; propose seulement
key-connection-reconnect = reconnecter
help-connection-reconnect = prend un nouveau jeton pour cette connexion
key-recipe-propose = marquer 10
help-recipe-propose = marque les 10 plus anciennes recettes inutiles
key-limits-free = libérer
help-limits-free = va où libérer des recettes
key-mark = marquer
help-mark = marque cette ligne
key-recipe-delete = supprimer
help-recipe-delete = supprime les recettes marquées, ou celle-ci (demande)
key-error-retry = réessayer
help-error-retry = réessaie cette ligne ou les marquées (demande)
key-error-retry_all = tout réessayer
help-error-retry_all = réessaie tout ce qui est affiché (demande)
key-job-stop = arrêter
help-job-stop = arrête cette tâche (demande)
key-error-next = suivant
help-error-next = va à la fiche suivante
key-error-previous = précédent
help-error-previous = va à la fiche précédente
key-error-fields = tous champs
help-error-fields = montre aussi les champs égaux
key-error-history = historique
help-error-history = montre le passé de cette fiche
key-activity-failed = échecs seuls
help-activity-failed = montre les échecs seuls, ou tout
key-objects-period = période
help-objects-period = change la période comptée
key-objects-chart = graphique
help-objects-chart = montre les heures en barres, ou en chiffres
key-objects-failed = échecs
help-objects-failed = ne montre que les objets en échec
key-recipe-unused = lesquelles
help-recipe-unused = montre toutes les recettes, inutiles ou en échec
key-connection-check = tester
help-connection-check = teste cette connexion par un appel
key-connection-pause = marche/arrêt
help-connection-pause = éteint ou allume cette connexion (demande)
key-recipe-pause = pause
help-recipe-pause = met en pause ou reprend les marquées, ou celle-ci (demande)
key-recipe-run = lancer
help-recipe-run = cherche des modifications maintenant
past-refused = Rien ne peut être modifié à { $at } : le passé est passé. = revient à maintenant.
past-line = état à { $at } : lecture seule, = revient à maintenant
time-lacking = non enregistré : { $what }
time-nothing = non enregistré : les états le sont depuis { $from }
time-title = Une autre heure
time-line = 09:12 aujourd'hui, il y a 2h ou 3d, ou 2026-03-18T09:12:00Z
time-bad = « { $text } » n'est pas une heure : 09:12, 2h, 3d ou 2026-03-18T09:12:00Z
time-future = Cette heure n'est pas encore venue.
time-is-now = C'est maintenant.
time-step = 1 min
time-far-step = 1 h
key-time-back = 1 min avant
help-time-back = montre tout tel qu'une minute avant
key-time-on = 1 min après
help-time-on = montre tout tel qu'une minute après
key-time-far_back = 1 h avant
help-time-far_back = montre tout tel qu'une heure avant
key-time-far_on = 1 h après
help-time-far_on = montre tout tel qu'une heure après
key-time-go = heure
help-time-go = demande une heure et montre tout tel qu'alors
key-time-now = maintenant
help-time-now = revient à maintenant
key-live-pause = pause
help-live-pause = arrête l'affichage en direct, ou le reprend
key-open = ouvrir
help-open = ouvre ce qui est sous le curseur
key-filter = filtre
help-filter = filtre : class: code: obj: dir: recipe: conn: id: by: since: et des mots
key-undo = annuler
help-undo = annule la dernière tâche, ou celle choisie
key-error-ignore = ignorer
help-error-ignore = met de côté cette ligne ou les marquées, avec une raison
key-mark-range = plage
help-mark-range = marque chaque ligne de la dernière marque à celle-ci
key-mark-all = tout marquer
help-mark-all = marque tout ce qui est affiché, ou rien
key-recipe-more = une de plus
help-recipe-more = en propose une de plus
key-recipe-less = une de moins
help-recipe-less = en propose une de moins
key-connection-remove = retirer
help-connection-remove = retire cette connexion (demande)
key-palette = commande
help-palette = trouve une commande par son nom
key-copy = copier
help-copy = copie cette ligne
key-copy-all = copier JSON
help-copy-all = copie le tout en JSON
key-back = retour
help-back = revient d'un niveau ; ne quitte jamais
key-panel-next = panneau
help-panel-next = va au panneau suivant
key-panel-previous = panneau
help-panel-previous = va au panneau précédent
key-move-up = haut
help-move-up = monte
key-move-down = bas
help-move-down = descend
key-move-page_up = page préc.
help-move-page_up = monte d'une page
key-move-page_down = page suiv.
help-move-page_down = descend d'une page
key-move-first = début
help-move-first = va à la première ligne
key-move-last = fin
help-move-last = va à la dernière ligne
key-screen-overview = vue
help-screen-overview = ce qu'il faut traiter, et l'état des choses
key-screen-errors = erreurs
help-screen-errors = les erreurs par cause
key-screen-connections = connexions
help-screen-connections = les connexions, les pires d'abord
key-screen-recipes = recettes
help-screen-recipes = les recettes et leur limite
key-screen-objects = objets
help-screen-objects = les nombres par objet et sens
key-screen-activity = activité
help-screen-activity = le registre, récents d'abord
key-screen-limits = limites
help-screen-limits = la limite de recettes et les appels API
key-screen-jobs = tâches
help-screen-jobs = les tâches et l'audit
key-repaint = redessiner
help-repaint = redessine tout
key-quit-now = quitter
help-quit-now = quitte aussitôt
key-quit = quitter
help-quit = revient, et quitte au sommet
key-help = aide
help-help = liste les touches de cet écran

# The reconnect wizard, and text outside the full screen.
plain-back = Une touche quelconque revient.
wizard-title = RECONNECTER {$id}  autorisez dans VOTRE navigateur, pas sur cette machine
wizard-esc = Échap arrête
wizard-asking = Demande d'un lien ...
wizard-open = Scannez le carré, ou ouvrez ceci sur n'importe quelle machine :
wizard-keys = c  le copie    v  montre le lien long en entier
wizard-allow = Puis connectez-vous comme {$user} et appuyez sur Autoriser. Cet écran continue tout seul.
wizard-waiting = attente {$waited}
wizard-opened = Le lien a été ouvert depuis {$from}.
wizard-checking = Vérification de l'organisation, de l'utilisateur et des droits ...
wizard-paste = Le navigateur a fini sur une page d'erreur ? Collez ici son adresse entière :
wizard-once = État {$tag} : un seul usage, cette connexion seulement, valable jusqu'à {$until}. Codes et jetons ne sont jamais montrés ni journalisés.
wizard-done = {$id} est connectée comme {$user}.
wizard-resume = {$parked} enregistrements en attente d'une personne et {$waiting} changements en file : les relancer ? y oui, Entrée non [non]
wizard-started = {$count} changements de {$id} sont relancés.
wizard-left = {$id} est connectée ; ses recettes restent suspendues jusqu'à ce que quelqu'un les relance.
key-view-plain = texte
help-view-plain = Montre cet écran en texte simple hors du plein écran ; une touche quelconque revient.
snooze-title = METTRE DE CÔTÉ {$what}
snooze-line = Cela revient de soi-même ; rien ne disparaît pour toujours.
snooze-day = pour 24 heures
snooze-more = jusqu'à plus de {$count} nouvelles
snooze-changed = jusqu'à ce que quelque chose change
snooze-done = {$what} : mis de côté pour un temps.
key-error-snooze = différer
help-error-snooze = Met la cause, ou les enregistrements, de côté jusqu'à une heure, un nombre de nouvelles, ou un changement.
write-title = MODE ÉCRITURE
write-line = Ce qui est protégé peut être modifié pendant 15 minutes. Pourquoi ?
write-needs-reason = Rien n'a été dit ; rien ne peut être modifié.
write-done = Mode écriture pour 15 minutes ; c'est dans le journal d'audit.
key-mode-write = écrire
help-mode-write = Permet de modifier ce qui est protégé pendant 15 minutes, avec une raison pour le journal d'audit.

key-recipe-create = nouveau
help-recipe-create = crée une recette : les deux côtés, une correspondance proposée, un aperçu sur de vrais enregistrements
recipes-full = { $used } recettes sur { $limit } : rien de nouveau avant d'en libérer. Les plus anciennes inutilisées sont marquées : d les supprime.
form-title = NOUVELLE RECETTE
form-note = Échap quitte, rien n'est créé
form-template = genre
form-salesforce = Salesforce
form-target = autre côté
form-object = objet
form-container = tableau
form-where = seulement si
form-load = charger l'existant
form-name = nom
form-record-to-item = un enregistrement crée un élément
form-item-to-record = un élément crée un enregistrement
form-two-way-item = dans les deux sens, compte double
form-yes = oui
form-no = non, seulement ce qui change désormais
form-choose = Choisissez l'objet et le tableau : flèches ou premières lettres.
form-waiting = on interroge les deux systèmes ...
form-keys = Haut Bas ligne   Gauche Droite choix   - exclut un champ   Entrée vérifie et montre de vrais enregistrements   * obligatoire
form-no-connections = Une recette demande une connexion Salesforce et une d'un autre système.
form-flaw = { $key } : { $found } ; attendu : { $expected }
form-nothing = Il n'y a pas encore d'enregistrement.
form-left-out = { $name } (écarté par la condition)
form-cost = Premier chargement : { $records } enregistrements au plus, { $reads } appels pour lire, { $writes } pour écrire.
form-no-load = Rien n'est chargé : seul ce qui change désormais est synchronisé.
form-sure = y crée la recette et la lance   Échap retour au formulaire
form-made = { $name } est créée et tourne

key-view-export = exporter
help-view-export = écrit ce qui est affiché dans un fichier, CSV ou JSON
key-error-raw = brut
help-error-raw = montre tout ce qui est connu de l'erreur en JSON
key-error-mapping = correspondance
help-error-mapping = ouvre la recette avec sa correspondance
key-error-group = ordre
help-error-group = liste les causes par objet, recette ou heure
key-record-link = lien
help-record-link = copie l'adresse de l'enregistrement dans Salesforce
key-limits-budget = budget
help-limits-budget = fixe combien d'appels une connexion peut faire en 24 heures
key-session-return = revenir
help-session-return = revient là où vous étiez la dernière fois
export-title = ÉCRIRE { $count } lignes
export-line = La fin du nom choisit la forme : .csv ou .json. Un fichier existant n'est pas écrasé.
export-ending = Écrivez le nom avec .csv ou .json à la fin.
export-nothing = Il n'y a rien à écrire.
export-done = Écrit : { $path }
export-failed = Pas écrit : { $why }
session-none = Il n'y a rien où revenir.
session-offer = Vous étiez à { $place } : { $key } y revient.
budget-title = BUDGET API de { $id }
budget-line = Appels en 24 heures que syncdeck peut faire de lui-même ; vide pour aucun budget propre.
budget-which = Choisissez une ligne d'appels : les recettes ont leur propre limite.
budget-number = Ce n'est pas un nombre.
budget-done = Le budget de { $id } est fixé.
link-no-record = Ceci n'a pas encore d'enregistrement dans Salesforce.
link-no-host = Il n'y a pas d'adresse https de l'org à lier.
order-cause = le pire d'abord
order-object = par objet
order-recipe = par recette
order-hour = par heure
whole-pairs = avec l'autre moitié de chaque paire, { $count } en tout
key-mouse = souris
help-mouse = laisse la souris choisir les lignes, ou la rend au terminal
mouse-on = La souris choisit les lignes ; un second clic ouvre. m la rend.
mouse-off = La souris est de nouveau au terminal.
key-error-edit = corriger
help-error-edit = réessaie l'enregistrement avec une autre valeur, pour cet essai seulement
edit-title = ÉCRIRE {$field}, pour cet essai seulement
edit-line = La source garde sa valeur. Entrée essaie une fois ; un refus attend comme avant.
edit-done = { $field } est essayé avec la nouvelle valeur
job-error-edit = essayer avec une autre valeur
connection-package = paquet
connection-hearing = changements par
connection-version = API
connection-slug = compte
connection-often = révoquée en 30 jours :
calls-paused = en pause jusqu'à { $until }
calls-dry = épuisé à { $at } à ce rythme
calls-shares = Essais jusqu'à { $retries } % de la limite, synchronisations jusqu'à { $syncs } %.
retry-foretell-none = R n'a rien qui puisse réussir maintenant
col-trend = 10 dern. h
col-new = nouv.
col-tries = essais
col-limit = limite
col-used = utilisé
col-of = sur
col-left = reste
col-forecast = prévision
why-noticed = ce que le moteur a remarqué
why-recipes = { $count ->
    [one] { $count } recette
   *[other] { $count } recettes
}
limits-dry = 100 % à { $at } !
limits-does-free = marquer les inutiles
limits-does-nothing = -
limits-others = C'est une limite de l'org : son administrateur peut l'élever ou faire de la place.
limit-of-DataStorageMB = données, Mo
limit-of-FileStorageMB = fichiers, Mo
limit-of-DailyBulkV2QueryJobs = lectures en masse, 24 h
limit-of-DailyBulkV2QueryFileStorageMB = résultats en masse, Mo, 24 h
limit-of-DailyBulkApiBatches = lots en masse, 24 h
limit-of-DailyDeliveredPlatformEvents = événements reçus, 24 h
limit-of-MonthlyPlatformEventsUsageEntitlement = événements du mois
calls-by-hour = NOS APPELS aujourd'hui, par heure
calls-legend = ::  appels   ##  dont nouveaux essais
calls-days = aujourd'hui { $today }   hier, jour entier { $yesterday }
calls-again = { $calls ->
    [one] Tout relancer : { $calls } appel pour { $count } fiches ; { $left } laissées.
   *[other] Tout relancer : { $calls } appels pour { $count } fiches ; { $left } laissées.
}
who-others = autres applications, vues par l'org
who-rest = { $count } de plus
purpose-look = recherche de changements
purpose-write = écriture
purpose-retry = nouveaux essais
purpose-person = personnes
purpose-keep = jetons et entretien
col-type = type
detail-long = { $field } : { $long } caractères, { $over } de trop
detail-costs = coût : 1 appel, il en reste { $left } aujourd'hui
col-made = créée
col-needed = utile à
recipe-needed = en dépendent : { $by }
wizard-other-org = Est-ce bien { $name } que vous voulez ? Tapez ce nom et Enter : un nouveau lien l'acceptera. La connexion passe à cette org.
minutes-title = DERNIÈRE HEURE
minutes-legend = . peu   : beaucoup   # échecs
recipe-seasonal = saisonnière
unused-finished = terminée
