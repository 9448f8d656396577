### Norwegian Bokmål (norsk bokmål). Not reviewed by a native speaker yet; please correct it.
###
### Former av navn: .en med artikkel, .din »refusjonen din«, .paa »på kortet«, .best bestemt form.

## Dager, beløp, lister og varighet

month-name = { $month ->
    [1] januar
    [2] februar
    [3] mars
    [4] april
    [5] mai
    [6] juni
    [7] juli
    [8] august
    [9] september
    [10] oktober
    [11] november
   *[12] desember
}
month-day = { $day }. { month-name }
date = { $day }. { month-name } { $year }
time = { $hour }:{ $minute }
decimal = ,
group = { "\u00A0" }
minus = −
money = { $minus }{ $amount }{ "\u00A0" }{ $code ->
    [NOK] kr
    [EUR] €
    [GBP] £
   *[other] { $code }
}
percent = { $minus }{ $amount }{ "\u00A0" }%
list-and = { $before } og { $last }
list-or = { $before } eller { $last }
list-more = { $before }, { $last }
length-hours = { $count ->
    [one] { $count } time
   *[other] { $count } timer
}
length-days = { $count ->
    [one] { $count } dag
   *[other] { $count } dager
}
length-business-days = { $count ->
    [one] { $count } virkedag
   *[other] { $count } virkedager
}
length-weeks = { $count ->
    [one] { $count } uke
   *[other] { $count } uker
}
length-months = { $count ->
    [one] { $count } måned
   *[other] { $count } måneder
}
length-years = { $count } år
length-of = { $length } ({ $calendar })
length-after = { $length } etter: { $event }

## Navn

remedy-refund = refusjon
    .en = en refusjon
    .En = En refusjon
    .din = refusjonen din
    .Din = Refusjonen din
remedy-store-credit = tilgodelapp
    .en = en tilgodelapp
    .En = En tilgodelapp
    .din = tilgodelappen din
    .Din = Tilgodelappen din
remedy-exchange = bytte
    .en = et bytte
    .En = Et bytte
    .din = byttet ditt
    .Din = Byttet ditt
remedy-repair = reparasjon
    .en = en reparasjon
    .En = En reparasjon
    .din = reparasjonen din
    .Din = Reparasjonen din
remedy-replacement = ny vare
    .en = en ny vare
    .En = En ny vare
    .din = den nye varen din
    .Din = Den nye varen din
remedy-return = retur
    .en = en retur
    .En = En retur
    .din = returen din
    .Din = Returen din
remedy-other-names =
    .en = «{ $name }»
    .En = «{ $name }»
    .din = ønsket ditt «{ $name }»
    .Din = Ønsket ditt «{ $name }»

tender-cash = kontanter
    .paa = i kontanter
tender-check = sjekk
    .paa = med sjekk
tender-credit = kredittkort
    .paa = på kredittkortet
tender-debit = bankkort
    .paa = på bankkortet
tender-gift-card = gavekort
    .paa = på gavekortet
tender-store-credit = tilgodelapp
    .paa = som tilgodelapp
tender-voucher = verdikupong
    .paa = som verdikupong
tender-paypal = PayPal
    .paa = med PayPal
tender-wallet = digital lommebok
    .paa = i den digitale lommeboken
tender-financing = finansiering
    .paa = på finansieringskontoen
tender-other-names =
    .paa = via «{ $name }»

role-clerk = medarbeider
    .best = medarbeideren
    .Best = Medarbeideren
role-supervisor = skiftleder
    .best = skiftlederen
    .Best = Skiftlederen
role-manager = butikksjef
    .best = butikksjefen
    .Best = Butikksjefen
role-director = direktør
    .best = direktøren
    .Best = Direktøren
role-customer = kunde
    .best = kunden
    .Best = Kunden
role-buyer = kjøper
    .best = kjøperen
    .Best = Kjøperen
role-recipient = mottaker
    .best = mottakeren
    .Best = Mottakeren
role-other-names =
    .best = «{ $name }»
    .Best = «{ $Name }»

reason-changed-mind = ombestemt seg
reason-defective = defekt
reason-damaged = skadet
reason-wrong-item = feil vare
reason-wrong-size = feil størrelse
reason-missing-parts = deler mangler
reason-late-delivery = sen levering
reason-unwanted-gift = uønsket gave
reason-other = annet
condition-sealed = uåpnet
condition-opened = åpnet
condition-used = brukt
condition-damaged = skadet
proof-receipt = kvittering
proof-e-receipt = elektronisk kvittering
proof-look-up = funnet i systemet
proof-gift-receipt = byttelapp
proof-packing-slip = pakkseddel
proof-none = ingen
channel-store = butikk
channel-online = nett
channel-phone = telefon
channel-door = dørsalg
by-buyer = kjøper
by-recipient = mottaker
by-other = noen andre
yes = ja
no = nei

fact-channel = returmåte
fact-visit--by = hvem som returnerer
fact-visit--store = butikken for returen
fact-visit--country = landet for returen
fact-visit--state = delstaten for returen
fact-visit--labels = antall etiketter
fact-clerk--role = medarbeiderens rolle
fact-refund_to--tender = betalingsmiddel for refusjonen
fact-refund_to--id = nummer for refusjonen
fact-pay_with--tender = betalingsmiddel
fact-pay_with--id = nummer på betalingsmiddelet
fact-requested = dagen for henvendelsen
fact-sale--channel = kjøpsmåte
fact-sale--store = butikken for kjøpet
fact-sale--country = landet for kjøpet
fact-sale--state = delstaten for kjøpet
fact-sale--seller = selger
fact-sale--tax_exempt = avgiftsfritt
fact-sale--whole = hele kjøpet kommer tilbake
fact-sale--total = summen av kjøpet
fact-sold = kjøpsdag
fact-ordered = bestillingsdag
fact-invoiced = fakturadag
fact-shipped = sendt dag
fact-received = mottatt dag
fact-installed = montert dag
fact-activated = aktivert dag
fact-item--sku = varenummer
fact-item--product = vare
fact-item--brand = merke
fact-item--price = pris
fact-item--list_price = listepris
fact-item--current_price = dagens pris
fact-item--quantity = antall
fact-item--final_sale = endelig salg
fact-item--has_sale = kjøpet er kjent
fact-condition = tilstand
fact-reason = grunn
fact-proof = kjøpsbevis
fact-wants = kundens ønske
fact-new--sku = den nye varens nummer
fact-new--product = ny vare
fact-new--price = pris på den nye varen
fact-new--available = ny vare på lager
fact-new--given = ny vare utlevert
fact-item--refund = refusjon for varen
fact-visit--refund = refusjon i alt
fact-visit--credit = tilgode i alt
fact-visit--to_pay = å betale
fact-visit--uncovered = udekket beløp
fact-tender = betalingsmiddel
fact-tender--id = nummer på betalingsmiddelet
fact-tender--amount = beløp på betalingsmiddelet
fact-tender--paid = betalt med dette
fact-on-duty = { $role } på jobb

asked-parcels = når hver av de andre varene ble mottatt
asked-categories = varegruppene
asked-current-price = dagens pris
asked-list-price = listeprisen
asked-lowest-price = den laveste prisen på { $length }
asked-balance = saldoen på betalingsmiddelet
asked-history-customer = hva kunden har returnert før
asked-history-household = hva husstanden har returnert før
asked-history-clerk = hva som er returnert hos medarbeideren før
asked-history-item = hva som er returnert av varen før
asked-more = litt mer

value-not-offered = ikke tilbudt
value-offered = tilbudt
value-expired = utløpt
value-stopped = stoppet
value-unsettled = ikke avklart
value-gap = ikke regulert
value-unknown = ikke kjent
value-no-limit = uten frist
value-granted = innvilget
value-no-day = ingen dag
value-in-full = i sin helhet
value-on-what-is-refunded = av det som refunderes
value-not-returned = ikke tilbake
value-returned = tilbake
value-returned-up-to-the-cheapest = tilbake opp til den billigste
value-returned-with-the-last-item = tilbake med den siste varen
value-in-proportion = forholdsmessig
value-clawed-back = trukket tilbake
value-void = bortfalt
value-original-tender = opprinnelig betalingsmiddel
value-tender-asked-for = ønsket betalingsmiddel

## Medarbeiderens side: deler

page-visit = Besøket
page-money = Penger
page-paid-out = Skal utbetales
page-say = Si
page-instead = I stedet
page-by-law = Etter loven
page-to-decide = Skal avgjøres
page-to-verify = Skal kontrolleres
page-to-fill-in = Skal fylles ut
page-to-ask = Skal spørres om

## Medarbeiderens side: hva det blir til

outcome-accept = Godtatt.
outcome-accept-money = Godtatt: { $money }.
outcome-pending = Godtatt når det er kontrollert.
outcome-pending-money = Godtatt når det er kontrollert: { $money }.
outcome-refer = Noen andre avgjør.
outcome-decline = Avslått.
outcome-undetermined = Ikke avgjort ennå: noe må spørres om.
money-to-customer = { $amount } til kunden
money-to-pay = kunden betaler { $amount }
outcome-by-line-accept = Avgjort linje for linje; besøket som helhet er godtatt.
outcome-by-line-pending = Avgjort linje for linje; besøket som helhet er godtatt når det er kontrollert.
outcome-by-line-refer = Avgjort linje for linje; besøket som helhet avgjøres av noen andre.
outcome-by-line-decline = Avgjort linje for linje; besøket som helhet er avslått.
outcome-by-line-undetermined = Avgjort linje for linje; besøket som helhet er ikke avgjort ennå.
line-accept = { $goods }: { $remedy } godtatt
line-pending = { $goods }: { $remedy } godtatt når det er kontrollert
line-refer = { $goods }: { $remedy }, noen andre avgjør
line-decline = { $goods }: { $remedy } avslått
line-undetermined = { $goods }: { $remedy } ikke avgjort ennå
line-accept-unsaid = { $goods }: godtatt
line-pending-unsaid = { $goods }: godtatt når det er kontrollert
line-refer-unsaid = { $goods }: noen andre avgjør
line-decline-unsaid = { $goods }: avslått
line-undetermined-unsaid = { $goods }: ikke avgjort ennå
goods = { $quantity } × linje { $line }
goods-named = { $quantity } × { $item } (linje { $line })

## Medarbeiderens side: penger og dager

part-goods = vare
part-reduction = ikke tilbake
part-fee = gebyr
part-deduction = fradrag
part-tax = avgift
part-included-tax = avgift inkludert over
part-reduction-named = ikke tilbake: { $name }
part-fee-named = gebyr: { $name }
part-deduction-named = fradrag: { $name }
part-tax-named = avgift { $name }
part-included-tax-named = avgift inkludert over { $name }
part-tax-on = avgift på: { $name }
value = verdi
balance-refund = refusjon
balance-shipping = herav levering
balance-credit = tilgode for bytte
balance-new-goods = nye varer
last-day = Siste dag: { $day }{ $by }.
last-moment = Til { $day } kl. { $time }{ $by }.
last-day-none = Ingen siste dag{ $by }.
last-day-not-received = Ingen siste dag ennå: alt er ikke mottatt{ $by }.
last-day-in-repair = Ingen siste dag ennå: varen er til reparasjon{ $by }.
by = { " " }({ $clauses })
payout = { $amount } – { $to }{ $more }{ $by }
payout-not-before = , ikke før { $day }
payout-due = , forfall { $day }
payout-within = , innen { $length }
payout-once-sent = , så snart varene er sendt
payout-once-received = , så snart varene er tilbake
payout-once-sent-or-received = , så snart varene er sendt eller tilbake
payout-in-coins = , { $amount } i mynt
payout-once-verified = , når det er kontrollert
changed-by-law = { $what }: etter loven { $law }, etter reglene { $policy }{ $by }
bound-window = frist
bound-basis = grunnlag
bound-tax = avgift
bound-shipping = levering
bound-discounts = rabatter
bound-stop = stopp
bound-pay = betalingsvei
bound-hold = tilbakehold
bound-due = forfall

## Medarbeiderens side: hvorfor

why-accept = Godtatt: { $remedy }{ $by }.
why-accept-plain = Godtatt{ $by }.
why-verify = Må kontrolleres først: { $text }{ $by }.
why-verify-plain = Må kontrolleres først{ $by }.
why-refer = Noen andre avgjør: { $text }{ $by }.
why-refer-plain = Noen andre avgjør{ $by }.
why-missing-fact = Ikke kjent: { $name }{ $by }.
why-approved = Godkjent: { $text }{ $by }.
why-approved-plain = Godkjent{ $by }.
why-above-authority = Må godkjennes av { $role-best }: det gjelder { $amount }, og { $of-best } kan godkjenne inntil { $limit }{ $by }.
why-above-authority-approved = Må godkjennes av { $role-best }: det gjelder { $amount }, og { $of-best } kan godkjenne inntil { $limit }. Godkjenningen fra { $approved-best } er ikke nok{ $by }.
why-verified = Kontrollert av { $role-best }: { $text }{ $by }.
why-verified-plain = Kontrollert av { $role-best }{ $by }.
why-verification-failed = Ikke som det skal være, sier { $role-best }: { $text }{ $by }.
why-verification-failed-plain = Ikke som det skal være, sier { $role-best }{ $by }.
why-not-offered = Ikke { $remedy }: { $text }{ $by }.
why-not-offered-plain = Ikke { $remedy }{ $by }.
why-expired = For sent for { $remedy }: siste dag var { $day }{ $by }.
why-expired-undated = For sent for { $remedy }{ $by }.
why-others-offered = Mulig i stedet: { $remedies }{ $by }.
why-stopped = Stoppet: { $text }{ $by }.
why-stopped-plain = Stoppet{ $by }.
why-conflict = Bestemmelsene er uenige, og reglene sier ikke hvilken som gjelder{ $by }.
why-more-returned-than-bought = Det kommer flere tilbake enn det ble kjøpt, tidligere returer medregnet{ $by }.
why-same-unit-twice = Det samme serienummeret kommer tilbake to ganger{ $by }.
why-not-of-this-sale = Serienummeret er ikke blant dem som ble solgt på linjen{ $by }.
why-before-the-sale = Returen er datert før kjøpet{ $by }.
why-gift-missing = Gaven som fulgte med varen, må komme tilbake sammen med den{ $by }.
why-route-unknown = Bestemmelsene er uenige om hvor pengene skal, eller det opprinnelige betalingsmiddelet er ikke kjent{ $by }.
why-held-back = Godtatt i seg selv, men etter disse reglene går linjene samlet{ $by }.
why-too-many-unknown = Mer enn seks opplysninger som betyr noe, mangler; `ask` lister dem opp{ $by }.
gap-no-clause = Ingen bestemmelse sier om dette tilbys for slike varer{ $by }.
gap-no-window = Det er godtatt, men ingen bestemmelse sier hvor lenge{ $by }.
gap-no-start = Fristen har en lengde, men ingen bestemmelse sier når den begynner{ $by }.
gap-no-basis = Det er godtatt, men ingen bestemmelse sier hvilken pris beløpet regnes av{ $by }.
gap-no-date = Hendelsen som starter fristen, har ingen dato, og reglene overlater slike saker til et menneske{ $by }.
gap-no-moment = Fristen er i timer, men av hendelsen er bare dagen kjent{ $by }.
gap-calendar = En dag ligger utenfor årene med kjente helligdager, eller utenfor alle kalendere{ $by }.
gap-promotion = Varen var del av en kampanje som reglene ikke sier noe om, eller av flere som overlapper{ $by }.
gap-overflow = Et beløp er for stort til å regnes ut nøyaktig{ $by }.
gap-no-version = Ingen utgave av reglene gjaldt den dagen{ $by }.
gap-no-route = Penger skal utbetales, men ingen bestemmelse sier hvor{ $by }.
gap-no-tender = Pengene skal til det opprinnelige betalingsmiddelet, og ingen er kjent som kan ta imot dem{ $by }.
final = Dette er endelig.
lifted-by = Kan tillates av: { $roles }.

## Medarbeiderens side: hvem, hva som fylles ut, hva som spørres om

referral = { $role }{ $by }
referral-text = { $role }: { $text }{ $by }
referral-within = { $role }, innen { $length }{ $by }
referral-within-text = { $role }, innen { $length }: { $text }{ $by }
referral-due = { $role }, innen { $length }, senest { $day }{ $by }
referral-due-text = { $role }, innen { $length }, senest { $day }: { $text }{ $by }
must-be-granted = { $referral }. Det må innvilges til slutt: kunden har rett til det.
field = { $form }: { $field }{ $of }{ $needed }{ $purpose }
field-signed = , signert av { $role-best }
field-one-of = , en av { $options }
field-optional = , valgfritt
field-may-be-needed = , kan bli nødvendig
field-purpose = { " " }({ $text })
ask = { $name }
ask-answers = { $name }: { $answers }
ask-in-words = { $text } ({ $name })
ask-answers-in-words = { $text } ({ $name }: { $answers })
answers = { $before } / { $last }
about-line = { $text } [linje { $line }]
about-sale = { $text } [kjøp { $sale }]
about-tender = { $text } [kjøp { $sale }, { $tender } { $id }]

## Hva kunden hører: rolig, uten skyld, og hva som skjer videre

say-accepted = { $remedy-Din } er godtatt: { $value }.
say-accepted-goods = { $remedy-Din } er godtatt. Det du leverer tilbake, teller { $value }.
say-accepted-service = { $remedy-Din } er godtatt.
say-kept = { $amount } av prisen blir hos oss ({ $name }).
say-kept-tax = { $amount } av prisen blir hos oss (avgift på: { $name }).
say-kept-unnamed = { $amount } av prisen gis ikke tilbake etter vilkårene våre.
say-terms-met = Så vidt jeg kan se, er vilkårene for { $remedy-en } oppfylt.
say-approved = Dette er sett på og godkjent for deg.
say-verify = Før vi er ferdige, ser { $role-best } på én ting. Så går { $remedy-din } i orden.
say-verify-by = Før vi er ferdige, ser { $role-best } på én ting, senest { $day }. Så går { $remedy-din } i orden.
say-verify-within = Før vi er ferdige, ser { $role-best } på én ting, innen { $length }. Så går { $remedy-din } i orden.
say-verified = { $role-Best } har sett på det, og alt er i orden.
say-verification-failed = { $role-Best } har sett på det, og det var annerledes enn vi ventet. Nå sier jeg hva som skjer videre.
say-not-offered = Beklager, vilkårene våre omfatter ikke { $remedy-en } for dette.
say-not-offered-text = Beklager, vi kan ikke tilby { $remedy-en } for dette. Vilkårene våre sier: «{ $text }»
say-expired = Siste dag for { $remedy-en } var { $day }. Jeg beklager at dagen er forbi.
say-expired-undated = Fristen for { $remedy-en } er over. Det beklager jeg.
say-others-offered = Dette kan vi gjøre i stedet: { $remedies-en }.
say-stopped = Beklager, vi kan ikke fullføre denne returen i dag.
say-stopped-until = Beklager, vi kan ikke fullføre denne returen i dag. Fra { $day } er du velkommen til å spørre igjen.
say-referred = For en retur som denne er det { $role-best } som avgjør. Jeg ringer { $role-best } nå, og du får høre fra oss hva som ble bestemt og hvorfor.
say-referred-owed = Du har rett til dette etter loven. Det er { $role-best } som avgjør hvordan det gjøres: jeg ringer { $role-best } nå, og vi sier deg neste skritt.
say-left-open = Vilkårene våre avgjør ikke denne saken alene, så { $role-best } bestemmer. Jeg ringer { $role-best } nå, og du får høre fra oss hva som ble bestemt og hvorfor.
say-route = { $role-Best } avklarer med oss hvordan pengene kommer tilbake til deg. Jeg ringer { $role-best } nå; du taper ingenting på det.
say-count-differs = Kvitteringen og systemet vårt viser færre enn vi har her. La oss se på det sammen: noen kan høre til et annet kjøp.
say-number-known = Dette serienummeret står allerede i systemet vårt. Det kan være en feil hos oss: la oss sammenligne med kvitteringen.
say-number-differs = Serienummeret her og det på kvitteringen er ikke det samme. Varen kan høre til et annet kjøp: med den kvitteringen kan vi se på det igjen.
say-dates-differ = Datoene vi har for dette kjøpet, passer ikke sammen. Jeg sjekker dem, og så ser vi på det igjen.
say-gift-missing = Det fulgte en gave med dette kjøpet. Når du tar den med, kan vi fortsette.
say-together = Vi ordner alt fra dette besøket samlet, så dette venter til resten er klart.
say-question = Jeg har ett spørsmål før jeg kan svare.
say-question-in-words = Jeg har ett spørsmål før jeg kan svare: { $question }
say-look-up = Det er én ting jeg må slå opp før jeg kan svare.
say-questions = Jeg må vite litt mer før jeg kan svare.
say-paid = Du får { $amount } tilbake { $to-paa } i dag.
say-paid-once-verified = Når det er gjort, får du { $amount } tilbake { $to-paa }.
say-paid-once-verified-from = Når det er gjort, får du { $amount } tilbake { $to-paa }, fra { $day }.
say-paid-on = Du får { $amount } tilbake { $to-paa } den { $day }.
say-paid-by = Du får { $amount } tilbake { $to-paa }, senest { $day }.
say-paid-between = Du får { $amount } tilbake { $to-paa }, mellom { $day } og { $last }.
say-paid-from = Du får { $amount } tilbake { $to-paa }, fra { $day }.
say-paid-within = Du får { $amount } tilbake { $to-paa }, innen { $length }.
say-paid-once-sent = Du får { $amount } tilbake { $to-paa } så snart du viser at du har sendt varene.
say-paid-once-received = Du får { $amount } tilbake { $to-paa } så snart varene er tilbake.
say-paid-once-sent-or-received = Du får { $amount } tilbake { $to-paa } så snart varene er tilbake, eller du viser at du har sendt dem.
say-delivery = Du får også tilbake { $amount } av det du betalte for levering.
say-to-pay = Da gjenstår { $amount } å betale.
say-by-law = Du har rett til dette etter loven.
say-by-law-fee = Loven begrenser hva vi kan beholde ({ $name }), og det følger vi.
say-by-law-window = Etter loven har du lengre tid på dette enn vilkårene våre sier.
say-by-law-tax = Loven sier hvordan avgiften kommer tilbake, og det følger vi.
say-by-law-shipping = Loven sier hvordan leveringen betales tilbake, og det følger vi.
say-by-law-discounts = Loven sier hvordan rabatten teller, og det følger vi.
say-by-law-basis = Loven sier hvilken pris refusjonen regnes av, og det følger vi.
say-by-law-pay = Loven sier hvilken vei pengene kommer tilbake, og det følger vi.
say-by-law-sooner = Etter loven får du pengene tidligere enn vilkårene våre sier.
say-by-law-kept = Loven begrenser hva vi kan oppbevare fra legitimasjonen din, og det følger vi.
say-possible = { $remedy-En } er mulig.
say-possible-value = { $remedy-En } er mulig: { $value }.
say-possible-tenders = { $remedy-En } er mulig, { $tenders-paa }.
say-possible-value-tenders = { $remedy-En } er mulig: { $value }, { $tenders-paa }.
say-possible-last = Siste dag for det er { $day }.
say-sure = { $remedy-En } er mulig.
say-sure-once = { $remedy-En } er mulig når vi vet { $missing }.
say-maybe = { $remedy-En } kan være mulig.
say-maybe-once = { $remedy-En } kan være mulig når vi vet { $missing }.
say-question-first = Ett spørsmål først: { $questions }
say-questions-first = Noen spørsmål først: { $questions }
say-later = Den samme returen kan ses på igjen fra { $day }.
say-approval = Hvis du vil, spør jeg { $roles-best } om vi kan gjøre et unntak.

## Et utfylt skjema

paper-kept-until = oppbevares til { $day }
paper-hash-until = oppbevares som hash til { $day }
paper-not-kept = oppbevares ikke
paper-by = av { $name }
paper-given = oppgitt
paper-deleted = slettet
paper-photo = bilde { $name }
paper-signed = { $name }, undertegnet på skjermen: { $picture }
paper-finished = Fullført { $day }
