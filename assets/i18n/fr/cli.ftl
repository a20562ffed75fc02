# Ce que dit la ligne de commande, et pourquoi quelque chose a été refusé.

none = Rien.
done = Fait.

refused-read-only = Cette session est en lecture seule : rien n'a été modifié. Relancez sans --read-only pour modifier quelque chose.
refused-recipe-limit = Le compte { $account } a { $used } recettes sur { $limit } : la limite de { $limit } est atteinte. Supprimez d'abord des recettes inutilisées (`syncdeck recipes unused` les énumère). Rien n'a été créé ; les recettes existantes continuent.
refused-missing = Il n'y a pas de { $what } { $id }.
refused-rule = { $what } { $id } : { $why }. Rien n'a été modifié.
refused-in-use = Les données de { $path } sont utilisées par un autre processus. Attendez qu'il se termine, ou arrêtez-le.
refused-too-new = Les données de { $path } sont au format { $found } ; cette version connaît les formats jusqu'à { $known }. Utilisez la version qui les a écrites, ou une plus récente. Rien n'a été modifié.
refused-disk-full = Le disque qui contient { $path } est plein. Libérez de la place ; rien n'a été perdu.
refused-broken = Les données de { $path } sont inutilisables : { $why }. Si le fichier n'est pas accessible, vérifiez ses droits et son disque ; s'il est endommagé, mettez une copie à sa place avec syncdeck store restore.
refused-vault = Le coffre { $path } : { $why }.
refused-remote = { $title }. Le système distant a répondu : { $code } : { $message }. { $fix }
refused-flaws = { $count ->
    [one] { $count } erreur. Rien n'a été modifié.
   *[other] { $count } erreurs. Rien n'a été modifié.
 }
refused-which-account = Il y a plusieurs comptes ({ $accounts }) : précisez lequel avec --account.
refused-other-org = La nouvelle autorisation appartient à { $found }, alors que la connexion appartient à { $pinned }. Rien n'a été modifié. Autorisez dans la bonne organisation, ou confirmez l'autre avec --other-org et son nom.
refused-not-awaited = Aucune autorisation de cette connexion n'attend de réponse. Commencez-en une avec : syncdeck connections reconnect.
refused-authorisation-expired = L'autorisation n'a pas été terminée en dix minutes. Recommencez-la.
refused-other-state = Ce qui a été collé appartient à une autre autorisation. Collez ce que le navigateur affiche après le dernier lien, ou recommencez. Rien n'a été modifié.
refused-no-code = Ce qui a été collé ne contient pas de code. Copiez l'adresse entière que le navigateur affiche après votre accord, même si sa page ne s'ouvre pas.
refused-scopes = L'autorisation a été donnée sans ces droits : { $rights }. Demandez à l'administrateur de les ajouter aux portées OAuth de l'application, puis autorisez de nouveau. Rien n'a été modifié.
authorised-other-user = Autorisée par { $user } ; avant, c'était { $before }. Ses droits peuvent différer : lancez syncdeck doctor.
refused-not-undoable = La tâche { $job } ne peut pas être annulée.
refused-no-engine = Aucun moteur ne tourne sur ces données. Démarrez-en un avec `syncdeck serve`.
refused-version = Le moteur parle la version { $ours } du protocole et ce programme la version { $theirs }. Redémarrez le moteur avec la même version.
refused-filter = La partie « { $part } » du filtre n'est pas comprise.
refused-engine-gone = Le moteur est parti. Ce qu'il faisait est en sûreté ; redémarrez-le.
refused-engine-start = Le moteur n'a pas pu démarrer : { $why }. Son journal est { $path }.
refused-yes = Il faut un oui : ajoutez --yes.
refused-no-ids = Précisez quelles erreurs : des identifiants, --group ou --all.
refused-id = « { $id } » n'est pas un identifiant. Attendu : { $expected }.
refused-time = « { $text } » n'est pas une heure. Attendu : RFC 3339, today, ou une durée comme 24h ou 30d.
refused-at = « { $text } » n'est pas une heure. Attendu : RFC 3339, une heure d'aujourd'hui comme 09:12, today, ou une durée en arrière comme 30m ou 24h.
refused-no-past = Cela ne se dit que du présent : son passé n'est pas noté.
refused-future = Cette heure n'est pas encore venue. Indiquez-en une passée.
past-at = état au { $at }
past-lacking = non enregistré : { $what } (les états sont enregistrés depuis { $from })
past-nothing = non enregistré (les états sont enregistrés depuis { $from })
past-counts-to = compté jusqu'à { $to } : les lignes de cette heure ont été supprimées
refused-reason = Dites pourquoi avec --reason.
refused-file = Le fichier { $path } est illisible : { $why }.
refused-no-terminal = La console a besoin d'un terminal. Utilisez plutôt une commande, ou ajoutez --headless.
refused-not-a-story = { $path } contient déjà des données : une histoire demande un répertoire qui n'en a pas.
story-made = Préparation de l'histoire « { $story } », une seule fois ; elle est gardée pour la suite.
refused-nothing-unused = Aucune recette ne peut être proposée à la suppression.
exported = { $count ->
    [one] { $count } fichier de recette écrit dans { $path }.
   *[other] { $count } fichiers de recette écrits dans { $path }.
}
applied = Créées : { $created }, modifiées : { $changed }, remplacées : { $replaced }, supprimées : { $deleted } ; inchangées : { $same }.
apply-would = À créer : { $created }, à modifier : { $changed }, à remplacer : { $replaced }, à supprimer : { $deleted } ; inchangées : { $same }.
exported-rows = { $count ->
    [one] { $count } ligne écrite dans { $path }.
   *[other] { $count } lignes écrites dans { $path }.
}
refused-no-data = Il n'y a pas de fichier de données à { $path }.
compacted = { $before } Kio avant, { $after } Kio maintenant.
store-well = Tout va bien.
store-ill = Le fichier de données demande des soins : gardez-en une copie, puis restaurez une sauvegarde.
backed-up = Copié vers { $path }. Les secrets restent dans le coffre et n'en font pas partie.
ask-restore = Mettre la copie à la place des données de { $path } ? [o/N]
restored = C'est fait. Ce qui s'y trouvait avant est à { $before }.
audit-whole = { $count ->
    [one] { $count } ligne, telle qu'elle a été écrite.
   *[other] { $count } lignes, toutes telles qu'elles ont été écrites.
}
audit-broken = Le journal d'audit n'est pas ce qui a été écrit ({ $count } lignes).
init-next = Les fichiers de { $path } sont des exemples à modifier. Ensuite : complétez connections/salesforce.toml et connections/monday.toml, puis lancez `syncdeck connections add --file FICHIER` pour chacun, et `syncdeck recipes create --file FICHIER`.
head-theme = THÈME
head-palette = PALETTE
head-background = FOND
head-colours = COULEURS
head-role = RÔLE
head-ratio = RAPPORT
head-needed = REQUIS
thing-cause = cause
refused-protected = { $id } est protégée : rien n'a été modifié. Passez en écriture avec W et une raison dans la console, ou ajoutez --write --reason TEXTE.
refused-sandbox = Le bac à sable n'a pas pu démarrer : { $why }.
refused-other-serve = Un autre moteur sert { $path }. Arrêtez-le d'abord.

mistake-line = { $path }:{ $line } : { $key } : trouvé { $found } ; attendu { $expected }
mistake-key = { $key } : trouvé { $found } ; attendu { $expected }

thing-account = compte
thing-connection = connexion
thing-recipe = recette
thing-record = enregistrement
thing-user = utilisateur
thing-conflict = conflit retenu
thing-lost_value = valeur perdue
thing-error = erreur
thing-job = tâche

connection-pending = Pas encore essayée.
connection-valid = Elle fonctionne.
connection-revoked = L'autorisation a disparu ({ $code }). Reconnectez-la ; ses recettes attendent et ne perdent rien.
connection-blocked = Elle n'a pas le droit d'utiliser l'API ({ $code }). Un administrateur de l'organisation doit l'autoriser.
connection-exhausted = Une limite d'appels est épuisée ({ $code }). Elle reprend d'elle-même.
connection-unreachable = Pas de réponse ({ $code }). Un nouvel essai a lieu automatiquement.
connection-off = Désactivée par un opérateur.
cause-address = L'organisation n'accepte sans doute les connexions que depuis certaines adresses : un administrateur assouplit la restriction IP de l'application.
cause-inactive = L'utilisateur a sans doute été désactivé ou verrouillé, ou son mot de passe changé : un administrateur vérifie l'utilisateur.
cause-org = L'organisation entière est inactive.
cause-unapproved = La politique de l'application n'admet que les utilisateurs pré-autorisés par un administrateur, et celui-ci n'en fait pas partie.
cause-assertion = L'assertion signée ne convient pas : la clé, le nom d'utilisateur ou l'hôte du fichier de connexion diffèrent de ce qu'attend l'application.
cause-withdrawn = Un administrateur a sans doute retiré l'autorisation, le mot de passe a été changé, le jeton a expiré ou n'a pas servi, ou le même utilisateur a connecté l'application plus de cinq fois.
cause-token = L'application a été désinstallée, son utilisateur a quitté le compte ou le jeton a été remplacé : monday ne dit pas lequel.
cause-uninstalled = L'organisation n'admet que les applications installées : un administrateur l'installe dans Connected Apps OAuth Usage.
cause-secret = Le secret de l'application a été changé : corrigez-le dans le fichier de connexion et ajoutez la connexion de nouveau.
cause-blocked = Un administrateur a bloqué l'application.
cause-api = L'utilisateur n'a pas l'autorisation « API Enabled ».
cause-package_missing = Il manque dans l'organisation le package dont cette connexion a besoin.
hearing-off = Les événements de modification sont désactivés pour cette connexion (events = false) ; les modifications sont cherchées au rythme des recettes.
hearing-none = Les modifications sont cherchées au rythme des recettes ; aucune n'est annoncée par cette connexion.
hearing-starting = { $object } : l'écoute des modifications commence.
hearing-idle = { $object } : personne n'écoute tant que la connexion ou ses recettes sont au repos.
hearing-refused = { $object } : ses modifications ne sont pas annoncées ({ $code }) ; elles sont cherchées au rythme des recettes. Un administrateur choisit l'objet dans Configuration, Capture des données modifiées, et donne à l'utilisateur le droit Afficher tout.
hearing-lost = { $object } : les événements de modification se sont interrompus ({ $code }). Un nouvel essai se fait tout seul ; entre-temps les modifications sont cherchées.
doctor-api-pass = L'API répond : { $about }, { $detail }.
doctor-api-fail = L'API est inutilisable : { $detail }
doctor-api-fix = L'organisation doit avoir une édition avec accès API (Enterprise, Unlimited, Performance ou Developer) et l'utilisateur l'autorisation « API Enabled » ; une autorisation retirée se redonne avec : syncdeck connections reconnect.
doctor-object-pass = { $about } : l'utilisateur peut faire tout ce dont les recettes ont besoin.
doctor-object-fail = { $about } : ces droits manquent : { $detail }.
doctor-object-fix = Donnez ces droits sur { $about } à l'utilisateur dans un ensemble d'autorisations.
doctor-fields-pass = { $about } : tous les champs mappés existent et sont ouverts.
doctor-fields-fail = { $about } : ces champs sont masqués, disparus ou non modifiables : { $detail }.
doctor-fields-fix = Faites ouvrir la sécurité au niveau du champ de { $about }, ou retirez ces champs des recettes.
doctor-notes-fail = { $about } : les notes ne sont pas activées, ou l'utilisateur ne peut pas les voir.
doctor-notes-fix = Activez les notes dans Setup (Notes Settings) et donnez-y accès à l'utilisateur.
doctor-events-pass = { $about } : les changements sont annoncés par événements.
doctor-events-warn = { $about } : les changements ne sont pas annoncés par événements ; ils sont demandés à la place.
doctor-events-fix = Sélectionnez { $about } dans Change Data Capture, dans Setup.
doctor-package-pass = Le package { $about } est installé et c'est le plus récent.
doctor-package-none = Le package n'est pas installé ; cette connexion n'en a pas besoin.
doctor-package-warn = Le package { $about } est installé ; le plus récent est { $detail }.
doctor-package-fail = Le package manque dans l'organisation.
doctor-package-fix = Un utilisateur Salesforce avec « API Enabled » installe le package le plus récent : { $detail }
doctor-package-unlinked = Un utilisateur Salesforce avec « API Enabled » installe le package le plus récent : monday montre le lien quand on y connecte Salesforce. Mettez-le dans la table des packages comme install_url, et il figurera ici.
doctor-calls-pass = Appels restants aujourd'hui : { $detail }.
doctor-calls-warn = Il reste peu d'appels aujourd'hui : { $detail }.
doctor-calls-fail = Il ne reste aucun appel aujourd'hui : { $detail }.
doctor-calls-fix = Espacez les planifications, écoutez les événements de changement, ou faites relever la limite de l'organisation.
doctor-clock-pass = Les horloges concordent ({ $detail } s d'écart).
doctor-clock-warn = Les horloges ont { $detail } s d'écart.
doctor-clock-fail = Les horloges ont { $detail } s d'écart : la connexion par clé échoue, et les heures trompent.
doctor-clock-fix = Réglez l'horloge de cette machine par NTP.
scopes-lacking = Il manque { $scopes } à l'autorisation. Ajoutez-le aux étendues OAuth de l'application dans Salesforce, puis reconnectez.
advice-revoked-often = Révoquée { $times } fois en { $days } jours. Parlez à l'administrateur de l'organisation : vérifiez la politique des jetons de l'application, et qui d'autre se connecte avec le même utilisateur.

alert-AUTH = jeton refusé : { $connection } ({ $code })
alert-PERM = { $connection } n'a pas le droit d'utiliser l'API ({ $code })
alert-LIMIT = limite d'appels de { $connection } épuisée ({ $code })
alert-CAP = limite de recettes atteinte : { $used } sur { $limit }
alert-GONE-container_gone = Le tableau { $name } a disparu : { $count } recettes attendent ({ $recipes })
alert-GONE-object_gone = L'objet { $name } a disparu : { $count } recettes attendent ({ $recipes })
alert-GONE-field_gone = Disparu de { $connection } : { $name } ; { $count } recettes attendent ({ $recipes })
alert-GONE-field_changed = Modifié dans { $connection } : { $name } ; { $count } recettes attendent ({ $recipes })
alert-GONE-container_gone-fix = Il a été archivé, supprimé ou caché à l'utilisateur de { $connection }. Une fois restauré, elles reprennent d'elles-mêmes, ou tout de suite avec `recipes resume` ; sinon, supprimez-les.
alert-GONE-object_gone-fix = Il a été retiré, ou l'utilisateur de { $connection } ne peut plus le voir. Une fois rétabli, elles reprennent d'elles-mêmes, ou tout de suite avec `recipes resume` ; sinon, supprimez-les.
alert-GONE-field_gone-fix = Il a été retiré, ou l'utilisateur de { $connection } ne peut plus le voir. Une fois rétabli, elles reprennent d'elles-mêmes, ou tout de suite avec `recipes resume` ; sinon, créez des recettes sans lui.
alert-GONE-field_changed-fix = Son type ne convient plus au champ auquel il est associé, ou il n'est plus modifiable. Une fois revenu à son état, elles reprennent d'elles-mêmes, ou tout de suite avec `recipes resume` ; sinon, créez des recettes sans lui.
alert-BRAKE = { $name } ({ $recipe }) : { $count } suppressions à la fois ; aucune n'est exécutée
alert-BRAKE-fix = Voyez ce qui a été supprimé. `recipes resume { $recipe }` les laisse passer ; restaurer les enregistrements les annule.

limits-recipes = { $account } : { $used } recettes sur { $limit }, { $unused } inutilisées
status-engine = Moteur { $state } ({ $version }), compte { $account }
status-recipes = Recettes : { $used } sur { $limit } ({ $active } actives, { $paused } en pause, { $suspended } suspendues)
status-api = API { $connection } : { $used } appels en 24 h ; toute l'organisation { $org } sur { $limit } ; budget { $budget }
status-object = { $object } : { $created } créés, { $updated } modifiés, { $deleted } supprimés, { $failed } en échec
status-errors = Erreurs : { $open } ouvertes en { $groups ->
    [one] { $groups } cause
   *[other] { $groups } causes
 }, { $retrying } en nouvel essai
status-in-step = Synchronisé.
status-backlog = Pas synchronisé : { $backlog } changements en attente.

job-planned = Essaierait { $of } à nouveau avec { $calls } appels d'API. Écartés car ils échoueraient encore : { $skipped }.
job-doubtful = Ils échouent encore si rien n'a été changé : { $classes }.
cause-just-before = Fait peu avant son début :
cause-by-itself = de lui-même
cause-earlier = Terminé la dernière fois :
job-line = Tâche { $job } : { $done } sur { $of } ({ $ok } réussis, { $failed } en échec, { $skipped } écartés), { $state }.
job-left-out = Tâche { $job } : { $done } sur { $of } ({ $ok } réussis, { $failed } en échec), { $state }. Écartés car ils échoueraient encore : { $left }.

ask-delete = Supprimer { $count ->
    [one] { $count } recette ({ $ids })
   *[other] { $count } recettes ({ $ids })
 } ? Les enregistrements des deux côtés restent tels quels ; les recettes peuvent être restaurées pendant 30 jours. [y/N]
ask-retry = Essayer { $of } à nouveau avec { $calls } appels d'API ? { $skipped } échoueraient encore et sont écartés. [y/N]
not-confirmed = Pas confirmé ; rien n'a été modifié.

sandbox-ready = Le bac à sable écoute sur { $control }. Ctrl-C l'arrête.
serve-ready = Le moteur sert { $path }.
add-callback = Dans Salesforce, enregistrez cette URL de rappel dans l'application : { $url } (portées : api, id, refresh_token).
add-callback-monday = Dans monday, enregistrez cette URL de redirection dans l'application : { $url } (portées : { $scopes } ; webhooks:read et webhooks:write pour que les changements soient annoncés aussitôt).
reconnect-open = Ouvrez cette adresse dans un navigateur, sur n'importe quelle machine, connectez-vous et donnez votre accord :
reconnect-paste = Puis attendez, ou collez ici ce que le navigateur affiche ensuite : l'adresse entière ou le code. Jusqu'à { $until }.
reconnect-opened = Le lien a été ouvert depuis { $from }.
reconnected-other-org = S'il s'agit d'une autre org qu'avant : tout y est comparé à nouveau. Un lien dont l'enregistrement n'y est pas est vérifié avant toute écriture, et sa contrepartie reste telle quelle ; rien n'est supprimé pour cela. Les utilisateurs restent liés comme avant : vérifiez-les avec `syncdeck users list`.
callback-done = { $id } est autorisée. Vous pouvez fermer cette page ; la suite se passe dans le terminal.
callback-refused = L'autorisation n'a pas été acceptée. { $why }
callback-link = { $who } vous demande de laisser syncdeck travailler avec { $org } ({ $system }). Ne continuez que si vous attendiez cette demande.
callback-go-on = Continuer vers { $system }
callback-gone = Ce lien n'est pas valable, ou ne l'est plus. Demandez-en un nouveau.
demo-data = Les données de la démonstration sont dans { $path }.

head-account = COMPTE
head-recipes = RECETTES
head-connections = CONNEXIONS
head-connection = CONNEXION
head-system = SYSTÈME
head-state = ÉTAT
head-since = DEPUIS
head-org = ORGANISATION
head-user = UTILISATEUR
head-recipe = RECETTE
head-name = NOM
head-hour = HEURE
head-object = OBJET
head-direction = SENS
head-container = CONTENEUR
head-last-change = DERNIER CHANGEMENT
head-unused = INUTILISÉE
head-created = CRÉÉS
head-updated = MODIFIÉS
head-deleted = SUPPRIMÉS
head-skipped = IGNORÉS
head-failed = ÉCHECS
head-job = TÂCHE
head-what = QUOI
head-by = PAR
head-at = QUAND
head-done = FAIT
head-ok = RÉUSSI
head-cause = CAUSE
head-class = CLASSE
head-code = CODE
head-count = NOMBRE
head-last = DERNIÈRE
head-title = CE QUI S'EST PASSÉ
head-error = ERREUR
head-record = ENREGISTREMENT
head-tries = ESSAIS
head-mark = .
head-field = CHAMP
head-agreed = DERNIER ACCORD
head-salesforce = SALESFORCE
head-target = AUTRE CÔTÉ
head-command = COMMANDE
head-keys = TOUCHES
head-cli = LIGNE DE COMMANDE
head-help = CE QU'ELLE FAIT

# The console in lines.
plain-read-only = lecture seule
plain-write = écriture
plain-head = { $account }, { $mode }, { $time }. { $causes ->
    [one] 1 cause
   *[other] { $causes } causes
}, { $parked } enregistrements en attente d'une personne, { $queued } en file.
plain-cause = { $at }. { $class }. { $title }, depuis { $since }. { $count }. Remède : { $fix }
plain-what = Un numéro, ou R tout relancer, e erreurs, c connexions, r recettes, l limites, a activité, j tâches, u annuler, q quitter ?
plain-retry = Relancer { $count } enregistrements, environ { $calls } appels API. { $skipped ->
    [0] Rien n'est écarté.
   *[other] { $skipped } échoueraient de nouveau et sont écartés : { $left }.
} Oui, tout, ou non ? [non]
plain-job = Tâche { $job } : { $done } sur { $of }.
plain-job-over = Tâche { $job } terminée : { $done } sur { $of }, { $ok } ok, { $failed } en échec.
plain-delete = Supprimer { $count } recettes : { $ids } ? Elles restent restaurables 30 jours ; aucun enregistrement n'est touché. Oui ou non ? [non]
plain-reconnect = Pour reconnecter, quittez avec q et lancez : syncdeck connections reconnect { $id }
head-email = E-MAIL
head-other-user = AUTRE CÔTÉ
head-tied = PAR
user-by-email = e-mail
user-by-name = nom
user-by-hand = à la main

head-conflict = CONFLIT
head-in-salesforce = DANS SALESFORCE
head-in-other = DE L'AUTRE CÔTÉ

refused-which-connection = Il y a plusieurs connexions, ou aucune : précisez laquelle avec { $option }.
preview-record = { $name }
preview-left-out = { $name } (écarté par la condition)
preview-cost = { $records } enregistrements : { $reads } appels API pour lire, { $writes } pour écrire.
run-would = { $recipe } regarderait { $records } enregistrements : { $created } créés, { $updated } modifiés, { $deleted } supprimés ou archivés, en { $calls } appels.
run-would-open = { $held } attendraient la décision d'une personne ; le pendant de { $looked } serait lu d'abord.
run-would-more = Il y en a d'autres : seuls les premiers ont été regardés.
# Enregistrements dont le parent n'a pas encore de contrepartie
recipe-waiting = { $count ->
    [one] { $count } enregistrement attend son parent :
   *[other] { $count } enregistrements attendent leur parent :
}
limits-org = { $connection } : { $name } { $used } sur { $max }
limits-use = { $connection } : { $calls } appels en 24 h, { $purpose } { $recipe }
cause-noticed = Remarqué alors :
