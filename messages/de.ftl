### German (Deutsch). Not reviewed by a native speaker yet; please correct it.
###
### Formen der Namen: .die mit Artikel (Nominativ), .akk mit Artikel (Akkusativ), .ihre „Ihre Erstattung“, .per „auf die Karte“.

## Tage, Beträge, Aufzählungen und Zeiträume

month-name = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
month-day = { $day }. { month-name }
date = { $day }. { month-name } { $year }
time = { $hour }:{ $minute }
decimal = ,
group = .
minus = -
money = { $minus }{ $amount }{ "\u00A0" }{ $code ->
    [EUR] €
    [USD] $
    [GBP] £
    [JPY] ¥
   *[other] { $code }
}
percent = { $minus }{ $amount }{ "\u00A0" }%
list-and = { $before } und { $last }
list-or = { $before } oder { $last }
list-more = { $before }, { $last }
# .dat: „innerhalb von 2 Tagen“
length-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
}
length-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
    .dat = { $count ->
        [one] { $count } Tag
       *[other] { $count } Tagen
    }
length-business-days = { $count ->
    [one] { $count } Werktag
   *[other] { $count } Werktage
}
    .dat = { $count ->
        [one] { $count } Werktag
       *[other] { $count } Werktagen
    }
length-weeks = { $count ->
    [one] { $count } Woche
   *[other] { $count } Wochen
}
length-months = { $count ->
    [one] { $count } Monat
   *[other] { $count } Monate
}
    .dat = { $count ->
        [one] { $count } Monat
       *[other] { $count } Monaten
    }
length-years = { $count ->
    [one] { $count } Jahr
   *[other] { $count } Jahre
}
    .dat = { $count ->
        [one] { $count } Jahr
       *[other] { $count } Jahren
    }
length-of = { $length } ({ $calendar })
length-after = { $length } ab: { $event }

## Namen

remedy-refund = Erstattung
    .eine = eine Erstattung
    .Eine = Eine Erstattung
    .ihre = Ihre Erstattung
    .keine = keine Erstattung
remedy-store-credit = Gutschrift
    .eine = eine Gutschrift
    .Eine = Eine Gutschrift
    .ihre = Ihre Gutschrift
    .keine = keine Gutschrift
remedy-exchange = Umtausch
    .eine = einen Umtausch
    .Eine = Ein Umtausch
    .ihre = Ihr Umtausch
    .keine = keinen Umtausch
remedy-repair = Reparatur
    .eine = eine Reparatur
    .Eine = Eine Reparatur
    .ihre = Ihre Reparatur
    .keine = keine Reparatur
remedy-replacement = Ersatz
    .eine = einen Ersatz
    .Eine = Ein Ersatz
    .ihre = Ihr Ersatz
    .keine = keinen Ersatz
remedy-return = Rückgabe
    .eine = eine Rückgabe
    .Eine = Eine Rückgabe
    .ihre = Ihre Rückgabe
    .keine = keine Rückgabe
remedy-other-names =
    .eine = „{ $name }“
    .Eine = „{ $name }“
    .ihre = Ihr Wunsch „{ $name }“
    .keine = kein „{ $name }“

tender-cash = bar
    .per = in bar
tender-check = Scheck
    .per = per Scheck
tender-credit = Kreditkarte
    .per = auf die Kreditkarte
tender-debit = Debitkarte
    .per = auf die Debitkarte
tender-gift-card = Geschenkkarte
    .per = auf die Geschenkkarte
tender-store-credit = Gutschrift
    .per = als Gutschrift
tender-voucher = Gutschein
    .per = als Gutschein
tender-paypal = PayPal
    .per = über PayPal
tender-wallet = digitale Geldbörse
    .per = in die digitale Geldbörse
tender-financing = Finanzierung
    .per = auf das Finanzierungskonto
tender-other-names =
    .per = über „{ $name }“

role-clerk = Verkaufskraft
    .die = die Verkaufskraft
    .Die = Die Verkaufskraft
role-supervisor = Schichtleitung
    .die = die Schichtleitung
    .Die = Die Schichtleitung
role-manager = Filialleitung
    .die = die Filialleitung
    .Die = Die Filialleitung
role-director = Geschäftsleitung
    .die = die Geschäftsleitung
    .Die = Die Geschäftsleitung
role-customer = Kunde
    .die = der Kunde
    .Die = Der Kunde
role-buyer = Käufer
    .die = der Käufer
    .Die = Der Käufer
role-recipient = Empfänger
    .die = der Empfänger
    .Die = Der Empfänger
role-other-names =
    .die = die Stelle „{ $name }“
    .Die = Die Stelle „{ $name }“

reason-changed-mind = anders überlegt
reason-defective = defekt
reason-damaged = beschädigt
reason-wrong-item = falscher Artikel
reason-wrong-size = falsche Größe
reason-missing-parts = Teile fehlen
reason-late-delivery = zu spät geliefert
reason-unwanted-gift = unerwünschtes Geschenk
reason-other = anderer Grund
condition-sealed = originalverpackt
condition-opened = geöffnet
condition-used = gebraucht
condition-damaged = beschädigt
proof-receipt = Kassenbon
proof-e-receipt = digitaler Kassenbon
proof-look-up = im System gefunden
proof-gift-receipt = Geschenkbon
proof-packing-slip = Lieferschein
proof-none = keiner
channel-store = Filiale
channel-online = online
channel-phone = Telefon
channel-door = Haustür
by-buyer = Käufer
by-recipient = Empfänger
by-other = jemand anderes
yes = ja
no = nein

fact-channel = Weg der Rückgabe
fact-visit--by = wer zurückgibt
fact-visit--store = Filiale der Rückgabe
fact-visit--country = Land der Rückgabe
fact-visit--state = Bundesstaat der Rückgabe
fact-visit--labels = Zahl der Etiketten
fact-clerk--role = Rolle der Verkaufskraft
fact-refund_to--tender = Zahlungsmittel der Erstattung
fact-refund_to--id = Nummer für die Erstattung
fact-pay_with--tender = Zahlungsmittel
fact-pay_with--id = Nummer des Zahlungsmittels
fact-requested = Tag der Anfrage
fact-sale--channel = Weg des Kaufs
fact-sale--store = Filiale des Kaufs
fact-sale--country = Land des Kaufs
fact-sale--state = Bundesstaat des Kaufs
fact-sale--seller = Verkäufer
fact-sale--tax_exempt = steuerfrei
fact-sale--whole = der ganze Kauf kommt zurück
fact-sale--total = Summe des Kaufs
fact-sold = Kauftag
fact-ordered = Bestelltag
fact-invoiced = Rechnungstag
fact-shipped = Versandtag
fact-received = Tag des Erhalts
fact-installed = Tag des Einbaus
fact-activated = Tag der Freischaltung
fact-item--sku = Artikelnummer
fact-item--product = Artikel
fact-item--brand = Marke
fact-item--price = Preis
fact-item--list_price = Listenpreis
fact-item--current_price = heutiger Preis
fact-item--quantity = Menge
fact-item--final_sale = endgültiger Verkauf
fact-item--has_sale = Kauf bekannt
fact-condition = Zustand
fact-reason = Grund
fact-proof = Nachweis
fact-wants = Wunsch des Kunden
fact-new--sku = Nummer des neuen Artikels
fact-new--product = neuer Artikel
fact-new--price = Preis des neuen Artikels
fact-new--available = neuer Artikel vorrätig
fact-new--given = neuer Artikel ausgegeben
fact-item--refund = Erstattung des Artikels
fact-visit--refund = Erstattung insgesamt
fact-visit--credit = Gutschrift insgesamt
fact-visit--to_pay = Zuzahlung
fact-visit--uncovered = ungedeckter Betrag
fact-tender = Zahlungsmittel
fact-tender--id = Nummer des Zahlungsmittels
fact-tender--amount = Betrag des Zahlungsmittels
fact-tender--paid = damit bezahlt
fact-on-duty = { $role } im Dienst

asked-parcels = wann die übrige Ware ankam
asked-categories = die Warengruppen
asked-current-price = der heutige Preis
asked-list-price = der Listenpreis
asked-lowest-price = der niedrigste Preis in { $length-dat }
asked-balance = das Guthaben des Zahlungsmittels
asked-history-customer = was der Kunde schon zurückgegeben hat
asked-history-household = was der Haushalt schon zurückgegeben hat
asked-history-clerk = was bei dieser Verkaufskraft schon zurückkam
asked-history-item = was von diesem Artikel schon zurückkam
asked-more = noch etwas mehr

value-not-offered = nicht angeboten
value-offered = angeboten
value-expired = abgelaufen
value-stopped = angehalten
value-unsettled = nicht geklärt
value-gap = nicht geregelt
value-unknown = nicht bekannt
value-no-limit = ohne Frist
value-granted = gewährt
value-no-day = kein Tag
value-in-full = ganz
value-on-what-is-refunded = auf das, was erstattet wird
value-not-returned = nicht zurück
value-returned = zurück
value-returned-up-to-the-cheapest = bis zur günstigsten zurück
value-returned-with-the-last-item = mit dem letzten Artikel zurück
value-in-proportion = anteilig
value-clawed-back = abgezogen
value-void = verfallen
value-original-tender = ursprüngliches Zahlungsmittel
value-tender-asked-for = gewünschtes Zahlungsmittel

## Die Seite am Schalter: Teile

page-visit = Der Besuch
page-money = Geld
page-paid-out = Auszuzahlen
page-say = Zu sagen
page-instead = Stattdessen
page-by-law = Nach dem Gesetz
page-to-decide = Zu entscheiden
page-to-verify = Zu prüfen
page-to-fill-in = Auszufüllen
page-to-ask = Zu fragen

## Die Seite am Schalter: was daraus wird

outcome-accept = Angenommen.
outcome-accept-money = Angenommen: { $money }.
outcome-pending = Angenommen, sobald geprüft ist.
outcome-pending-money = Angenommen, sobald geprüft ist: { $money }.
outcome-refer = Jemand anderes entscheidet.
outcome-decline = Abgelehnt.
outcome-undetermined = Noch nicht entschieden: etwas muss gefragt werden.
money-to-customer = { $amount } an den Kunden
money-to-pay = der Kunde zahlt { $amount }
outcome-by-line-accept = Zeile für Zeile entschieden; der Besuch als Ganzes ist angenommen.
outcome-by-line-pending = Zeile für Zeile entschieden; der Besuch als Ganzes ist angenommen, sobald geprüft ist.
outcome-by-line-refer = Zeile für Zeile entschieden; über den Besuch als Ganzes entscheidet jemand anderes.
outcome-by-line-decline = Zeile für Zeile entschieden; der Besuch als Ganzes ist abgelehnt.
outcome-by-line-undetermined = Zeile für Zeile entschieden; der Besuch als Ganzes ist noch nicht entschieden.
line-accept = { $goods }: { $remedy } angenommen
line-pending = { $goods }: { $remedy } angenommen, sobald geprüft ist
line-refer = { $goods }: { $remedy }, jemand anderes entscheidet
line-decline = { $goods }: { $remedy } abgelehnt
line-undetermined = { $goods }: { $remedy } noch nicht entschieden
line-accept-unsaid = { $goods }: angenommen
line-pending-unsaid = { $goods }: angenommen, sobald geprüft ist
line-refer-unsaid = { $goods }: jemand anderes entscheidet
line-decline-unsaid = { $goods }: abgelehnt
line-undetermined-unsaid = { $goods }: noch nicht entschieden
goods = { $quantity } × Zeile { $line }
goods-named = { $quantity } × { $item } (Zeile { $line })

## Die Seite am Schalter: Geld und Tage

part-goods = Ware
part-reduction = nicht erstattet
part-fee = Gebühr
part-deduction = Abzug
part-tax = Steuer
part-included-tax = oben enthaltene Steuer
part-reduction-named = nicht erstattet: { $name }
part-fee-named = Gebühr: { $name }
part-deduction-named = Abzug: { $name }
part-tax-named = Steuer { $name }
part-included-tax-named = oben enthaltene Steuer { $name }
part-tax-on = Steuer auf: { $name }
value = Wert
balance-refund = Erstattung
balance-shipping = davon Lieferung
balance-credit = Guthaben aus Umtausch
balance-new-goods = neue Ware
last-day = Letzter Tag: { $day }{ $by }.
last-moment = Bis { $day }, { $time } Uhr{ $by }.
last-day-none = Kein letzter Tag{ $by }.
last-day-not-received = Noch kein letzter Tag: es ist noch nicht alles angekommen{ $by }.
last-day-in-repair = Noch kein letzter Tag: die Ware ist in Reparatur{ $by }.
by = { " " }({ $clauses })
payout = { $amount } – { $to }{ $more }{ $by }
payout-not-before = , nicht vor dem { $day }
payout-due = , fällig am { $day }
payout-within = , fällig innerhalb von { $length-dat }
payout-once-sent = , sobald die Ware abgeschickt ist
payout-once-received = , sobald die Ware zurück ist
payout-once-sent-or-received = , sobald die Ware abgeschickt oder zurück ist
payout-in-coins = , { $amount } in Münzen
payout-once-verified = , sobald geprüft ist
changed-by-law = { $what }: nach dem Gesetz { $law }, nach den Regeln { $policy }{ $by }
bound-window = Frist
bound-basis = Grundlage
bound-tax = Steuer
bound-shipping = Lieferung
bound-discounts = Rabatte
bound-stop = Sperre
bound-pay = Weg der Zahlung
bound-hold = Zurückhaltung
bound-due = Fälligkeit

## Die Seite am Schalter: warum

why-accept = Angenommen: { $remedy }{ $by }.
why-accept-plain = Angenommen{ $by }.
why-verify = Zuerst zu prüfen: { $text }{ $by }.
why-verify-plain = Zuerst zu prüfen{ $by }.
why-refer = Jemand anderes entscheidet: { $text }{ $by }.
why-refer-plain = Jemand anderes entscheidet{ $by }.
why-missing-fact = Nicht bekannt: { $name }{ $by }.
why-approved = Genehmigt: { $text }{ $by }.
why-approved-plain = Genehmigt{ $by }.
why-above-authority = { $role-Die } muss genehmigen: es geht um { $amount }, und { $of-die } darf bis { $limit } genehmigen{ $by }.
why-above-authority-approved = { $role-Die } muss genehmigen: es geht um { $amount }, und { $of-die } darf bis { $limit } genehmigen. Dass { $approved-die } zugestimmt hat, reicht nicht{ $by }.
why-verified = Geprüft ({ $role }): { $text }{ $by }.
why-verified-plain = Geprüft ({ $role }){ $by }.
why-verification-failed = Nicht wie es sein soll ({ $role }): { $text }{ $by }.
why-verification-failed-plain = Nicht wie es sein soll ({ $role }){ $by }.
why-not-offered = Nicht möglich, { $remedy }: { $text }{ $by }.
why-not-offered-plain = Nicht möglich: { $remedy }{ $by }.
why-expired = Zu spät für { $remedy-eine }: letzter Tag war der { $day }{ $by }.
why-expired-undated = Zu spät für { $remedy-eine }{ $by }.
why-others-offered = Stattdessen möglich: { $remedies }{ $by }.
why-stopped = Angehalten: { $text }{ $by }.
why-stopped-plain = Angehalten{ $by }.
why-conflict = Die Klauseln widersprechen sich, und die Regeln sagen nicht, welche gilt{ $by }.
why-more-returned-than-bought = Es kommt mehr zurück, als gekauft wurde, frühere Rückgaben mitgezählt{ $by }.
why-same-unit-twice = Dieselbe Seriennummer kommt zweimal zurück{ $by }.
why-not-of-this-sale = Die Seriennummer gehört nicht zu denen, die in dieser Zeile verkauft wurden{ $by }.
why-before-the-sale = Die Rückgabe ist vor dem Kauf datiert{ $by }.
why-gift-missing = Das Geschenk, das dabei war, muss mit der Ware zurückkommen{ $by }.
why-route-unknown = Die Klauseln sind uneins, wohin das Geld geht, oder das ursprüngliche Zahlungsmittel ist nicht bekannt{ $by }.
why-held-back = Für sich angenommen, doch die Zeilen gehen nach diesen Regeln nur zusammen{ $by }.
why-too-many-unknown = Mehr als sechs Angaben, auf die es ankommt, fehlen; `ask` zählt sie auf{ $by }.
gap-no-clause = Keine Klausel sagt, ob dies für solche Ware angeboten wird{ $by }.
gap-no-window = Es ist angenommen, doch keine Klausel sagt, wie lange{ $by }.
gap-no-start = Die Frist hat eine Länge, doch keine Klausel sagt, ab wann sie läuft{ $by }.
gap-no-basis = Es ist angenommen, doch keine Klausel sagt, von welchem Preis gerechnet wird{ $by }.
gap-no-date = Das Ereignis, ab dem die Frist läuft, hat kein Datum, und solche Fälle entscheidet ein Mensch{ $by }.
gap-no-moment = Die Frist läuft in Stunden, doch vom Ereignis ist nur der Tag bekannt{ $by }.
gap-calendar = Ein Tag liegt außerhalb der Jahre, deren Feiertage bekannt sind, oder außerhalb aller Kalender{ $by }.
gap-promotion = Die Ware gehörte zu einer Aktion, über die die Regeln schweigen, oder zu mehreren zugleich{ $by }.
gap-overflow = Ein Betrag ist zu groß, um genau berechnet zu werden{ $by }.
gap-no-version = An jenem Tag galt keine Fassung der Regeln{ $by }.
gap-no-route = Geld ist auszuzahlen, doch keine Klausel sagt, wohin{ $by }.
gap-no-tender = Geld soll auf das ursprüngliche Zahlungsmittel, doch keines ist bekannt, das es aufnehmen kann{ $by }.
final = Das ist endgültig.
lifted-by = Erlauben kann es: { $roles }.

## Die Seite am Schalter: wer, was auszufüllen, was zu fragen ist

referral = { $role }{ $by }
referral-text = { $role }: { $text }{ $by }
referral-within = { $role }, innerhalb von { $length-dat }{ $by }
referral-within-text = { $role }, innerhalb von { $length-dat }: { $text }{ $by }
referral-due = { $role }, innerhalb von { $length-dat }, bis { $day }{ $by }
referral-due-text = { $role }, innerhalb von { $length-dat }, bis { $day }: { $text }{ $by }
must-be-granted = { $referral }. Am Ende muss es gewährt werden: der Kunde hat ein Recht darauf.
field = { $form }: { $field }{ $of }{ $needed }{ $purpose }
field-signed = , Unterschrift: { $role }
field-one-of = , eines von: { $options }
field-optional = , freiwillig
field-may-be-needed = , vielleicht nötig
field-purpose = { " " }({ $text })
ask = { $name }
ask-answers = { $name }: { $answers }
ask-in-words = { $text } ({ $name })
ask-answers-in-words = { $text } ({ $name }: { $answers })
answers = { $before } / { $last }
about-line = { $text } [Zeile { $line }]
about-sale = { $text } [Kauf { $sale }]
about-tender = { $text } [Kauf { $sale }, { $tender } { $id }]

## Was der Kunde hört: ruhig, ohne Schuld, und wie es weitergeht

say-accepted = { $remedy-ihre } ist angenommen: { $value }.
say-accepted-goods = { $remedy-ihre } ist angenommen. Was Sie zurückbringen, zählt mit { $value }.
say-accepted-service = { $remedy-ihre } ist angenommen.
say-kept = { $amount } vom Preis bleiben bei uns ({ $name }).
say-kept-tax = { $amount } vom Preis bleiben bei uns (Steuer auf: { $name }).
say-kept-unnamed = { $amount } vom Preis werden nach unseren Bedingungen nicht erstattet.
say-terms-met = Soweit ich sehe, sind die Bedingungen für { $remedy-eine } erfüllt.
say-approved = Das wurde angesehen und für Sie genehmigt.
say-verify = Bevor wir fertig sind, sieht sich { $role-die } noch etwas an. Dann geht { $remedy-ihre } durch.
say-verify-by = Bevor wir fertig sind, sieht sich { $role-die } noch etwas an, spätestens am { $day }. Dann geht { $remedy-ihre } durch.
say-verify-within = Bevor wir fertig sind, sieht sich { $role-die } noch etwas an, innerhalb von { $length-dat }. Dann geht { $remedy-ihre } durch.
say-verified = { $role-Die } hat es sich angesehen, und alles ist in Ordnung.
say-verification-failed = { $role-Die } hat es sich angesehen und etwas anderes gefunden, als wir erwartet hatten. So geht es jetzt weiter.
say-not-offered = Es tut mir leid, unsere Bedingungen sehen dafür { $remedy-keine } vor.
say-not-offered-text = Es tut mir leid, hierfür können wir { $remedy-keine } anbieten. In unseren Bedingungen steht: „{ $text }“
say-expired = Der letzte Tag für { $remedy-eine } war der { $day }. Es tut mir leid, dass er vorbei ist.
say-expired-undated = Die Zeit für { $remedy-eine } ist vorbei. Das tut mir leid.
say-others-offered = Was wir stattdessen anbieten können: { $remedies-eine }.
say-stopped = Es tut mir leid, heute können wir diese Rückgabe nicht abschließen.
say-stopped-until = Es tut mir leid, heute können wir diese Rückgabe nicht abschließen. Ab dem { $day } fragen Sie uns gern noch einmal.
say-referred = Über eine Rückgabe wie diese entscheidet { $role-die }. Ich rufe sie jetzt an, und Sie erfahren von uns, was entschieden wurde und warum.
say-referred-owed = Darauf haben Sie nach dem Gesetz ein Recht. Wie es gemacht wird, regelt { $role-die }: ich rufe jetzt an, und wir sagen Ihnen den nächsten Schritt.
say-left-open = Unsere Bedingungen regeln diesen Fall nicht von selbst, deshalb entscheidet { $role-die }. Ich rufe jetzt an, und Sie erfahren von uns, was entschieden wurde und warum.
say-route = { $role-Die } klärt mit uns, wie das Geld zu Ihnen zurückkommt. Ich rufe jetzt an; Sie verlieren dadurch nichts.
say-count-differs = Kassenbon und Unterlagen zeigen weniger, als wir hier haben. Sehen wir sie zusammen an: manches gehört vielleicht zu einem anderen Kauf.
say-number-known = Diese Seriennummer steht schon in unseren Unterlagen. Das kann ein Versehen von uns sein: vergleichen wir sie mit dem Kassenbon.
say-number-differs = Die Seriennummer hier und die auf dem Kassenbon sind nicht dieselbe. Vielleicht gehört es zu einem anderen Kauf: mit jenem Kassenbon sehen wir gern noch einmal nach.
say-dates-differ = Die Daten, die wir zu diesem Kauf haben, passen nicht zusammen. Ich prüfe sie, dann sehen wir noch einmal nach.
say-gift-missing = Zu diesem Kauf gehörte ein Geschenk. Sobald Sie es mitbringen, können wir weitermachen.
say-together = Wir erledigen alles von diesem Besuch zusammen, deshalb wartet dies, bis auch das Übrige klar ist.
say-question = Bevor ich antworten kann, habe ich eine Frage.
say-question-in-words = Bevor ich antworten kann, habe ich eine Frage: { $question }
say-look-up = Bevor ich antworten kann, muss ich etwas nachsehen.
say-questions = Bevor ich antworten kann, muss ich noch ein wenig mehr wissen.
say-paid = Sie bekommen heute { $amount } { $to-per } zurück.
say-paid-once-verified = Sobald das erledigt ist, bekommen Sie { $amount } { $to-per } zurück.
say-paid-once-verified-from = Sobald das erledigt ist, bekommen Sie { $amount } { $to-per } zurück, ab dem { $day }.
say-paid-on = Sie bekommen { $amount } am { $day } { $to-per } zurück.
say-paid-by = Sie bekommen { $amount } { $to-per } zurück, spätestens am { $day }.
say-paid-between = Sie bekommen { $amount } { $to-per } zurück, zwischen dem { $day } und dem { $last }.
say-paid-from = Sie bekommen { $amount } { $to-per } zurück, ab dem { $day }.
say-paid-within = Sie bekommen { $amount } { $to-per } zurück, innerhalb von { $length-dat }.
say-paid-once-sent = Sie bekommen { $amount } { $to-per } zurück, sobald Sie zeigen, dass Sie die Ware abgeschickt haben.
say-paid-once-received = Sie bekommen { $amount } { $to-per } zurück, sobald die Ware wieder da ist.
say-paid-once-sent-or-received = Sie bekommen { $amount } { $to-per } zurück, sobald die Ware wieder da ist oder Sie zeigen, dass Sie sie abgeschickt haben.
say-delivery = Auch { $amount } von den Lieferkosten kommen zurück.
say-to-pay = Damit bleiben { $amount } zu zahlen.
say-by-law = Darauf haben Sie nach dem Gesetz ein Recht.
say-by-law-fee = Das Gesetz begrenzt, was wir einbehalten dürfen ({ $name }), und daran halten wir uns.
say-by-law-window = Nach dem Gesetz haben Sie dafür länger Zeit, als unsere Bedingungen sagen.
say-by-law-tax = Das Gesetz sagt, wie die Steuer zurückkommt, und daran halten wir uns.
say-by-law-shipping = Das Gesetz sagt, wie die Lieferkosten zurückkommen, und daran halten wir uns.
say-by-law-discounts = Das Gesetz sagt, wie der Rabatt zählt, und daran halten wir uns.
say-by-law-basis = Das Gesetz sagt, von welchem Preis Ihre Erstattung berechnet wird, und daran halten wir uns.
say-by-law-pay = Das Gesetz sagt, auf welchem Weg Sie das Geld zurückbekommen, und daran halten wir uns.
say-by-law-sooner = Nach dem Gesetz haben Sie das Geld früher, als unsere Bedingungen sagen.
say-by-law-kept = Das Gesetz begrenzt, was wir von Ihrem Ausweis aufbewahren dürfen, und daran halten wir uns.
say-possible = { $remedy-Eine } ist möglich.
say-possible-value = { $remedy-Eine } ist möglich: { $value }.
say-possible-tenders = { $remedy-Eine } ist möglich, { $tenders-per }.
say-possible-value-tenders = { $remedy-Eine } ist möglich: { $value }, { $tenders-per }.
say-possible-last = Der letzte Tag dafür ist der { $day }.
say-sure = { $remedy-Eine } ist möglich.
say-sure-once = { $remedy-Eine } ist möglich, sobald wir dies wissen: { $missing }.
say-maybe = { $remedy-Eine } ist vielleicht möglich.
say-maybe-once = { $remedy-Eine } ist vielleicht möglich, sobald wir dies wissen: { $missing }.
say-question-first = Zuerst eine Frage: { $questions }
say-questions-first = Zuerst ein paar Fragen: { $questions }
say-later = Dieselbe Rückgabe kann ab dem { $day } noch einmal angesehen werden.
say-approval = Wenn Sie möchten, frage ich { $roles-die }, ob wir eine Ausnahme machen können.

## Ein ausgefülltes Formular

paper-kept-until = aufbewahrt bis: { $day }
paper-hash-until = als Hash aufbewahrt bis: { $day }
paper-not-kept = nicht aufbewahrt
paper-by = von: { $name }
paper-given = angegeben
paper-deleted = gelöscht
paper-photo = Foto { $name }
paper-signed = { $name }, am Bildschirm unterschrieben: { $picture }
paper-finished = Abgeschlossen: { $day }
