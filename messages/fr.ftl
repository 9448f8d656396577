### French (français). Not reviewed by a native speaker yet; please correct it.
###
### Formes des noms : .un avec article, .votre « votre remboursement », .par « sur votre carte », .le avec article défini.

## Jours, montants, listes et durées

month-name = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}
month-day = { $day } { month-name }
date = { $day } { month-name } { $year }
time = { $hour }:{ $minute }
decimal = ,
group = { "\u202F" }
minus = -
money = { $minus }{ $amount }{ "\u00A0" }{ $code ->
    [EUR] €
    [USD] $US
    [GBP] £GB
   *[other] { $code }
}
percent = { $minus }{ $amount }{ "\u00A0" }%
list-and = { $before } et { $last }
list-or = { $before } ou { $last }
list-more = { $before }, { $last }
length-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
length-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
length-business-days = { $count ->
    [one] { $count } jour ouvré
   *[other] { $count } jours ouvrés
}
length-weeks = { $count ->
    [one] { $count } semaine
   *[other] { $count } semaines
}
length-months = { $count } mois
length-years = { $count ->
    [one] { $count } an
   *[other] { $count } ans
}
length-of = { $length } ({ $calendar })
length-after = { $length } à compter de : { $event }

## Noms

remedy-refund = remboursement
    .un = un remboursement
    .Un = Un remboursement
    .votre = votre remboursement
    .Votre = Votre remboursement
    .de = de remboursement
remedy-store-credit = avoir
    .un = un avoir
    .Un = Un avoir
    .votre = votre avoir
    .Votre = Votre avoir
    .de = d’avoir
remedy-exchange = échange
    .un = un échange
    .Un = Un échange
    .votre = votre échange
    .Votre = Votre échange
    .de = d’échange
remedy-repair = réparation
    .un = une réparation
    .Un = Une réparation
    .votre = votre réparation
    .Votre = Votre réparation
    .de = de réparation
remedy-replacement = remplacement
    .un = un remplacement
    .Un = Un remplacement
    .votre = votre remplacement
    .Votre = Votre remplacement
    .de = de remplacement
remedy-return = retour
    .un = un retour
    .Un = Un retour
    .votre = votre retour
    .Votre = Votre retour
    .de = de retour
remedy-other-names =
    .un = « { $name } »
    .Un = « { $name } »
    .votre = votre demande « { $name } »
    .Votre = Votre demande « { $name } »
    .de = de « { $name } »

tender-cash = espèces
    .par = en espèces
tender-check = chèque
    .par = par chèque
tender-credit = carte de crédit
    .par = sur la carte de crédit
tender-debit = carte de débit
    .par = sur la carte de débit
tender-gift-card = carte cadeau
    .par = sur la carte cadeau
tender-store-credit = avoir
    .par = sous forme d’avoir
tender-voucher = bon d’achat
    .par = sous forme de bon d’achat
tender-paypal = PayPal
    .par = par PayPal
tender-wallet = portefeuille numérique
    .par = sur le portefeuille numérique
tender-financing = financement
    .par = sur le compte de financement
tender-other-names =
    .par = par « { $name } »

role-clerk = vendeur
    .le = le vendeur
    .Le = Le vendeur
role-supervisor = chef d’équipe
    .le = le chef d’équipe
    .Le = Le chef d’équipe
role-manager = responsable du magasin
    .le = le responsable du magasin
    .Le = Le responsable du magasin
role-director = directeur
    .le = le directeur
    .Le = Le directeur
role-customer = client
    .le = le client
    .Le = Le client
role-buyer = acheteur
    .le = l’acheteur
    .Le = L’acheteur
role-recipient = destinataire
    .le = le destinataire
    .Le = Le destinataire
role-other-names =
    .le = la personne « { $name } »
    .Le = La personne « { $name } »

reason-changed-mind = changement d’avis
reason-defective = défectueux
reason-damaged = endommagé
reason-wrong-item = mauvais article
reason-wrong-size = mauvaise taille
reason-missing-parts = pièces manquantes
reason-late-delivery = livraison tardive
reason-unwanted-gift = cadeau non souhaité
reason-other = autre
condition-sealed = scellé
condition-opened = ouvert
condition-used = utilisé
condition-damaged = endommagé
proof-receipt = ticket de caisse
proof-e-receipt = ticket électronique
proof-look-up = retrouvé dans le système
proof-gift-receipt = ticket cadeau
proof-packing-slip = bon de livraison
proof-none = aucune
channel-store = magasin
channel-online = en ligne
channel-phone = téléphone
channel-door = à domicile
by-buyer = acheteur
by-recipient = destinataire
by-other = quelqu’un d’autre
yes = oui
no = non

fact-channel = voie du retour
fact-visit--by = qui rapporte
fact-visit--store = magasin du retour
fact-visit--country = pays du retour
fact-visit--state = État du retour
fact-visit--labels = nombre d’étiquettes
fact-clerk--role = rôle du vendeur
fact-refund_to--tender = moyen de remboursement
fact-refund_to--id = numéro pour le remboursement
fact-pay_with--tender = moyen de paiement
fact-pay_with--id = numéro du moyen de paiement
fact-requested = jour de la demande
fact-sale--channel = voie de l’achat
fact-sale--store = magasin de l’achat
fact-sale--country = pays de l’achat
fact-sale--state = État de l’achat
fact-sale--seller = vendeur de l’article
fact-sale--tax_exempt = exonéré de taxe
fact-sale--whole = tout l’achat revient
fact-sale--total = total de l’achat
fact-sold = jour de l’achat
fact-ordered = jour de la commande
fact-invoiced = jour de la facture
fact-shipped = jour de l’expédition
fact-received = jour de la réception
fact-installed = jour de la pose
fact-activated = jour de l’activation
fact-item--sku = référence de l’article
fact-item--product = article
fact-item--brand = marque
fact-item--price = prix
fact-item--list_price = prix catalogue
fact-item--current_price = prix du jour
fact-item--quantity = quantité
fact-item--final_sale = vente définitive
fact-item--has_sale = achat connu
fact-condition = état
fact-reason = motif
fact-proof = preuve d’achat
fact-wants = souhait du client
fact-new--sku = référence du nouvel article
fact-new--product = nouvel article
fact-new--price = prix du nouvel article
fact-new--available = nouvel article disponible
fact-new--given = nouvel article remis
fact-item--refund = remboursement de l’article
fact-visit--refund = remboursement total
fact-visit--credit = crédit total
fact-visit--to_pay = reste à payer
fact-visit--uncovered = montant non couvert
fact-tender = moyen de paiement
fact-tender--id = numéro du moyen de paiement
fact-tender--amount = montant du moyen de paiement
fact-tender--paid = payé par ce moyen
fact-on-duty = { $role } présent

asked-parcels = quand chacun des autres articles a été reçu
asked-categories = les catégories des articles
asked-current-price = le prix du jour
asked-list-price = le prix catalogue
asked-lowest-price = le prix le plus bas en { $length }
asked-balance = le solde du moyen de paiement
asked-history-customer = ce que le client a déjà rapporté
asked-history-household = ce que le foyer a déjà rapporté
asked-history-clerk = ce qui est déjà revenu chez ce vendeur
asked-history-item = ce qui est déjà revenu de cet article
asked-more = encore quelque chose

value-not-offered = non proposé
value-offered = proposé
value-expired = délai passé
value-stopped = arrêté
value-unsettled = non tranché
value-gap = non réglé
value-unknown = inconnu
value-no-limit = sans limite
value-granted = accordé
value-no-day = aucun jour
value-in-full = en entier
value-on-what-is-refunded = sur ce qui est remboursé
value-not-returned = non rendu
value-returned = rendu
value-returned-up-to-the-cheapest = rendu jusqu’au moins cher
value-returned-with-the-last-item = rendu avec le dernier article
value-in-proportion = au prorata
value-clawed-back = repris
value-void = annulé
value-original-tender = moyen de paiement d’origine
value-tender-asked-for = moyen de paiement demandé

## La page du vendeur : parties

page-visit = La visite
page-money = Argent
page-paid-out = À verser
page-say = À dire
page-instead = À la place
page-by-law = Selon la loi
page-to-decide = À décider
page-to-verify = À vérifier
page-to-fill-in = À remplir
page-to-ask = À demander

## La page du vendeur : ce qu’il en est

outcome-accept = Accepté.
outcome-accept-money = Accepté : { $money }.
outcome-pending = Accepté, après vérification.
outcome-pending-money = Accepté, après vérification : { $money }.
outcome-refer = La décision revient à quelqu’un d’autre.
outcome-decline = Refusé.
outcome-undetermined = Pas encore décidé : il faut demander quelque chose.
money-to-customer = { $amount } au client
money-to-pay = le client paie { $amount }
outcome-by-line-accept = Décidé ligne par ligne ; la visite dans son ensemble est acceptée.
outcome-by-line-pending = Décidé ligne par ligne ; la visite dans son ensemble est acceptée, après vérification.
outcome-by-line-refer = Décidé ligne par ligne ; pour la visite dans son ensemble, la décision revient à quelqu’un d’autre.
outcome-by-line-decline = Décidé ligne par ligne ; la visite dans son ensemble est refusée.
outcome-by-line-undetermined = Décidé ligne par ligne ; la visite dans son ensemble n’est pas encore décidée.
line-accept = { $goods }, { $remedy } : accepté
line-pending = { $goods }, { $remedy } : accepté, après vérification
line-refer = { $goods }, { $remedy } : quelqu’un d’autre décide
line-decline = { $goods }, { $remedy } : refusé
line-undetermined = { $goods }, { $remedy } : pas encore décidé
line-accept-unsaid = { $goods } : accepté
line-pending-unsaid = { $goods } : accepté, après vérification
line-refer-unsaid = { $goods } : quelqu’un d’autre décide
line-decline-unsaid = { $goods } : refusé
line-undetermined-unsaid = { $goods } : pas encore décidé
goods = { $quantity } × ligne { $line }
goods-named = { $quantity } × { $item } (ligne { $line })

## La page du vendeur : argent et jours

part-goods = marchandise
part-reduction = non rendu
part-fee = frais
part-deduction = retenue
part-tax = taxe
part-included-tax = taxe comprise ci-dessus
part-reduction-named = non rendu : { $name }
part-fee-named = frais : { $name }
part-deduction-named = retenue : { $name }
part-tax-named = taxe { $name }
part-included-tax-named = taxe comprise ci-dessus { $name }
part-tax-on = taxe sur : { $name }
value = valeur
balance-refund = remboursement
balance-shipping = dont livraison
balance-credit = crédit d’échange
balance-new-goods = nouveaux articles
last-day = Dernier jour : { $day }{ $by }.
last-moment = Jusqu’au { $day }, { $time }{ $by }.
last-day-none = Pas de dernier jour{ $by }.
last-day-not-received = Pas encore de dernier jour : tout n’a pas été reçu{ $by }.
last-day-in-repair = Pas encore de dernier jour : l’article est en réparation{ $by }.
by = { " " }({ $clauses })
payout = { $amount } – { $to }{ $more }{ $by }
payout-not-before = , pas avant le { $day }
payout-due = , dû le { $day }
payout-within = , délai : { $length }
payout-once-sent = , dès l’envoi des articles
payout-once-received = , dès le retour des articles
payout-once-sent-or-received = , dès l’envoi ou le retour des articles
payout-in-coins = , { $amount } en pièces
payout-once-verified = , après vérification
changed-by-law = { $what } : selon la loi { $law }, selon les règles { $policy }{ $by }
bound-window = délai
bound-basis = base
bound-tax = taxe
bound-shipping = livraison
bound-discounts = remises
bound-stop = arrêt
bound-pay = voie de paiement
bound-hold = retenue
bound-due = échéance

## La page du vendeur : pourquoi

why-accept = Accepté : { $remedy }{ $by }.
why-accept-plain = Accepté{ $by }.
why-verify = À vérifier d’abord : { $text }{ $by }.
why-verify-plain = À vérifier d’abord{ $by }.
why-refer = Quelqu’un d’autre décide : { $text }{ $by }.
why-refer-plain = Quelqu’un d’autre décide{ $by }.
why-missing-fact = Non connu : { $name }{ $by }.
why-approved = Approuvé : { $text }{ $by }.
why-approved-plain = Approuvé{ $by }.
why-above-authority = { $role-Le } doit approuver : il s’agit de { $amount }, et { $of-le } peut approuver jusqu’à { $limit }{ $by }.
why-above-authority-approved = { $role-Le } doit approuver : il s’agit de { $amount }, et { $of-le } peut approuver jusqu’à { $limit }. L’accord déjà donné ({ $approved }) ne suffit pas{ $by }.
why-verified = Vérifié ({ $role }) : { $text }{ $by }.
why-verified-plain = Vérifié ({ $role }){ $by }.
why-verification-failed = Pas comme il se doit ({ $role }) : { $text }{ $by }.
why-verification-failed-plain = Pas comme il se doit ({ $role }){ $by }.
why-not-offered = Pas { $remedy-de } : { $text }{ $by }.
why-not-offered-plain = Pas { $remedy-de }{ $by }.
why-expired = Trop tard pour { $remedy-un } : le dernier jour était le { $day }{ $by }.
why-expired-undated = Trop tard pour { $remedy-un }{ $by }.
why-others-offered = Possible à la place : { $remedies }{ $by }.
why-stopped = Arrêté : { $text }{ $by }.
why-stopped-plain = Arrêté{ $by }.
why-conflict = Les clauses se contredisent, et les règles ne disent pas laquelle l’emporte{ $by }.
why-more-returned-than-bought = Il revient plus d’unités qu’il n’en a été acheté, retours précédents compris{ $by }.
why-same-unit-twice = Le même numéro de série revient deux fois{ $by }.
why-not-of-this-sale = Le numéro de série n’est pas de ceux vendus sur cette ligne{ $by }.
why-before-the-sale = Le retour porte une date antérieure à l’achat{ $by }.
why-gift-missing = Le cadeau offert avec l’article doit revenir avec lui{ $by }.
why-route-unknown = Les clauses ne s’accordent pas sur la destination de l’argent, ou le moyen de paiement d’origine n’est pas connu{ $by }.
why-held-back = Accepté en soi, mais selon ces règles toutes les lignes vont ensemble{ $by }.
why-too-many-unknown = Plus de six éléments importants ne sont pas connus ; `ask` les énumère{ $by }.
gap-no-clause = Aucune clause ne dit si cela est proposé pour de tels articles{ $by }.
gap-no-window = C’est accepté, mais aucune clause ne dit pendant combien de temps{ $by }.
gap-no-start = Le délai a une durée, mais aucune clause ne dit à partir de quand il court{ $by }.
gap-no-basis = C’est accepté, mais aucune clause ne dit à partir de quel prix se calcule le montant{ $by }.
gap-no-date = L’événement qui ouvre le délai n’a pas de date, et les règles renvoient de tels cas à une personne{ $by }.
gap-no-moment = Le délai est en heures, mais de l’événement seul le jour est connu{ $by }.
gap-calendar = Un jour se trouve hors des années dont les jours fériés sont connus, ou hors de tout calendrier{ $by }.
gap-promotion = L’article faisait partie d’une promotion dont les règles ne disent rien, ou de plusieurs qui se recoupent{ $by }.
gap-overflow = Un montant est trop grand pour être calculé exactement{ $by }.
gap-no-version = Aucune version des règles n’était en vigueur ce jour-là{ $by }.
gap-no-route = De l’argent est à verser, mais aucune clause ne dit où{ $by }.
gap-no-tender = L’argent doit revenir sur le moyen de paiement d’origine, et aucun n’est connu qui puisse le recevoir{ $by }.
final = C’est définitif.
lifted-by = Peut l’autoriser : { $roles }.

## La page du vendeur : qui, que remplir, que demander

referral = { $role }{ $by }
referral-text = { $role } : { $text }{ $by }
referral-within = { $role }, délai : { $length }{ $by }
referral-within-text = { $role }, délai : { $length } : { $text }{ $by }
referral-due = { $role }, délai : { $length }, jusqu’au { $day }{ $by }
referral-due-text = { $role }, délai : { $length }, jusqu’au { $day } : { $text }{ $by }
must-be-granted = { $referral }. Il faudra finalement l’accorder : le client y a droit.
field = { $form } : { $field }{ $of }{ $needed }{ $purpose }
field-signed = , signature : { $role }
field-one-of = , au choix : { $options }
field-optional = , facultatif
field-may-be-needed = , peut-être nécessaire
field-purpose = { " " }({ $text })
ask = { $name }
ask-answers = { $name } : { $answers }
ask-in-words = { $text } ({ $name })
ask-answers-in-words = { $text } ({ $name } : { $answers })
answers = { $before } / { $last }
about-line = { $text } [ligne { $line }]
about-sale = { $text } [achat { $sale }]
about-tender = { $text } [achat { $sale }, { $tender } { $id }]

## Ce qu’entend le client : calme, sans reproche, et la suite

say-accepted = { $remedy-Votre } : c’est accepté, { $value }.
say-accepted-goods = { $remedy-Votre } : c’est accepté. Ce que vous rapportez compte pour { $value }.
say-accepted-service = { $remedy-Votre } : c’est accepté.
say-kept = Nous gardons { $amount } sur le prix ({ $name }).
say-kept-tax = Nous gardons { $amount } sur le prix (taxe sur : { $name }).
say-kept-unnamed = Selon nos conditions, { $amount } du prix ne sont pas rendus.
say-terms-met = Autant que je puisse voir, les conditions pour { $remedy-un } sont remplies.
say-approved = Nous l’avons examiné et accepté pour vous.
say-verify = Avant de terminer, { $role-le } regarde encore un point. Ensuite { $remedy-votre } se fait.
say-verify-by = Avant de terminer, { $role-le } regarde encore un point, au plus tard le { $day }. Ensuite { $remedy-votre } se fait.
say-verify-within = Avant de terminer, { $role-le } regarde encore un point, dans un délai de { $length }. Ensuite { $remedy-votre } se fait.
say-verified = { $role-Le } a regardé, et tout est en ordre.
say-verification-failed = { $role-Le } a regardé, et ce n’est pas ce que nous attendions. Voici la suite.
say-not-offered = Nous sommes désolés, nos conditions ne prévoient pas { $remedy-de } pour cet article.
say-not-offered-text = Nous sommes désolés, nous ne pouvons pas faire { $remedy-de } pour cet article. Nos conditions disent : « { $text } »
say-expired = Le dernier jour pour { $remedy-un } était le { $day }. Nous sommes désolés qu’il soit passé.
say-expired-undated = Le délai pour { $remedy-un } est passé. Nous en sommes désolés.
say-others-offered = Ce que nous pouvons faire à la place : { $remedies-un }.
say-stopped = Nous sommes désolés, nous ne pouvons pas terminer ce retour aujourd’hui.
say-stopped-until = Nous sommes désolés, nous ne pouvons pas terminer ce retour aujourd’hui. À partir du { $day }, vous pouvez nous le redemander.
say-referred = Pour un tel retour, c’est { $role-le } qui décide. J’appelle tout de suite, et nous vous dirons ce qui a été décidé et pourquoi.
say-referred-owed = La loi vous y donne droit. C’est { $role-le } qui règle la manière de faire : j’appelle tout de suite, et nous vous dirons la suite.
say-left-open = Nos conditions ne règlent pas ce cas à elles seules, c’est donc { $role-le } qui décide. J’appelle tout de suite, et nous vous dirons ce qui a été décidé et pourquoi.
say-route = { $role-Le } voit avec nous comment l’argent vous revient. J’appelle tout de suite ; vous n’y perdez rien.
say-count-differs = Le ticket et nos dossiers montrent moins d’articles qu’il n’y en a ici. Regardons ensemble : certains viennent peut-être d’un autre achat.
say-number-known = Ce numéro de série figure déjà dans nos dossiers. Ce peut être une erreur de notre part : comparons-le avec le ticket.
say-number-differs = Le numéro de série que voici et celui du ticket ne sont pas les mêmes. L’article vient peut-être d’un autre achat : avec ce ticket-là, nous pouvons regarder de nouveau.
say-dates-differ = Les dates que nous avons pour cet achat ne concordent pas. Je les vérifie, puis nous regardons de nouveau.
say-gift-missing = Un cadeau accompagnait cet achat. Dès que vous l’apportez, nous pouvons continuer.
say-together = Nous réglons ensemble tout ce qui concerne cette visite ; ceci attend donc que le reste soit clair.
say-question = Avant de vous répondre, j’ai une question.
say-question-in-words = Avant de vous répondre, j’ai une question : { $question }
say-look-up = Avant de vous répondre, je dois vérifier quelque chose.
say-questions = Avant de vous répondre, j’ai besoin d’en savoir un peu plus.
say-paid = Vous recevez { $amount } aujourd’hui, { $to-par }.
say-paid-once-verified = Une fois cela fait, vous recevez { $amount } { $to-par }.
say-paid-once-verified-from = Une fois cela fait, vous recevez { $amount } { $to-par }, à partir du { $day }.
say-paid-on = Vous recevez { $amount } { $to-par } le { $day }.
say-paid-by = Vous recevez { $amount } { $to-par }, au plus tard le { $day }.
say-paid-between = Vous recevez { $amount } { $to-par }, entre le { $day } et le { $last }.
say-paid-from = Vous recevez { $amount } { $to-par }, à partir du { $day }.
say-paid-within = Vous recevez { $amount } { $to-par }, dans un délai de { $length }.
say-paid-once-sent = Vous recevez { $amount } { $to-par }, dès que vous montrez que vous avez renvoyé les articles.
say-paid-once-received = Vous recevez { $amount } { $to-par }, dès que les articles nous sont revenus.
say-paid-once-sent-or-received = Vous recevez { $amount } { $to-par }, dès que les articles nous sont revenus ou que vous montrez que vous les avez renvoyés.
say-delivery = Nous vous rendons aussi { $amount } sur la livraison.
say-to-pay = Il reste { $amount } à payer.
say-by-law = La loi vous y donne droit.
say-by-law-fee = La loi limite ce que nous pouvons garder ({ $name }), et nous la respectons.
say-by-law-window = La loi vous laisse plus de temps que nos propres conditions.
say-by-law-tax = La loi dit comment la taxe est rendue, et nous la respectons.
say-by-law-shipping = La loi dit comment la livraison est rendue, et nous la respectons.
say-by-law-discounts = La loi dit comment compte la remise, et nous la respectons.
say-by-law-basis = La loi dit à partir de quel prix se calcule votre remboursement, et nous la respectons.
say-by-law-pay = La loi dit par quelle voie l’argent vous revient, et nous la respectons.
say-by-law-sooner = Selon la loi, vous recevez l’argent plus tôt que ne le disent nos propres conditions.
say-by-law-kept = La loi limite ce que nous pouvons conserver de votre pièce d’identité, et nous la respectons.
say-possible = { $remedy-Un }, c’est possible.
say-possible-value = { $remedy-Un }, c’est possible : { $value }.
say-possible-tenders = { $remedy-Un }, c’est possible, { $tenders-par }.
say-possible-value-tenders = { $remedy-Un }, c’est possible : { $value }, { $tenders-par }.
say-possible-last = Le dernier jour pour cela est le { $day }.
say-sure = { $remedy-Un }, c’est possible.
say-sure-once = { $remedy-Un }, c’est possible dès que nous connaissons { $missing }.
say-maybe = { $remedy-Un }, c’est peut-être possible.
say-maybe-once = { $remedy-Un }, c’est peut-être possible dès que nous connaissons { $missing }.
say-question-first = D’abord une question : { $questions }
say-questions-first = D’abord quelques questions : { $questions }
say-later = Le même retour peut être réexaminé à partir du { $day }.
say-approval = Si vous le souhaitez, je demande si une exception est possible ({ $roles }).

## Un formulaire rempli

paper-kept-until = conservé jusqu’au { $day }
paper-hash-until = une empreinte en est conservée jusqu’au { $day }
paper-not-kept = non conservé
paper-by = par { $name }
paper-given = donné
paper-deleted = effacé
paper-photo = photo { $name }
paper-signed = { $name }, signé à l’écran : { $picture }
paper-finished = Terminé le { $day }
