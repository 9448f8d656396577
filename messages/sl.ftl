### Slovenian (slovenščina). Not reviewed by a native speaker yet; please correct it.
###
### Oblike imen: .gen rodilnik, .acc tožilnik, .na »na kartico« in podobno.

## Dnevi, zneski, naštevanje in trajanje

month-name = { $month ->
    [1] januar
    [2] februar
    [3] marec
    [4] april
    [5] maj
    [6] junij
    [7] julij
    [8] avgust
    [9] september
    [10] oktober
    [11] november
   *[12] december
}
month-day = { $day }. { month-name }
date = { $day }. { month-name } { $year }
    .gen = { $day }. { $month ->
        [1] januarja
        [2] februarja
        [3] marca
        [4] aprila
        [5] maja
        [6] junija
        [7] julija
        [8] avgusta
        [9] septembra
        [10] oktobra
        [11] novembra
       *[12] decembra
    } { $year }
time = { $hour }:{ $minute }
decimal = ,
group = .
minus = −
money = { $minus }{ $amount }{ "\u00A0" }{ $code ->
    [EUR] €
    [USD] $
    [JPY] ¥
   *[other] { $code }
}
percent = { $minus }{ $amount }{ "\u00A0" }%
list-and = { $before } in { $last }
list-or = { $before } ali { $last }
list-more = { $before }, { $last }
# .v: »v 2 dneh« (mestnik)
length-hours = { $count ->
    [one] { $count } ura
    [two] { $count } uri
    [few] { $count } ure
   *[other] { $count } ur
}
    .v = { $count ->
        [one] { $count } uri
       *[other] { $count } urah
    }
length-days = { $count ->
    [one] { $count } dan
    [two] { $count } dneva
    [few] { $count } dnevi
   *[other] { $count } dni
}
    .v = { $count ->
        [one] { $count } dnevu
       *[other] { $count } dneh
    }
length-business-days = { $count ->
    [one] { $count } delovni dan
    [two] { $count } delovna dneva
    [few] { $count } delovni dnevi
   *[other] { $count } delovnih dni
}
    .v = { $count ->
        [one] { $count } delovnem dnevu
       *[other] { $count } delovnih dneh
    }
length-weeks = { $count ->
    [one] { $count } teden
    [two] { $count } tedna
    [few] { $count } tedni
   *[other] { $count } tednov
}
    .v = { $count ->
        [one] { $count } tednu
       *[other] { $count } tednih
    }
length-months = { $count ->
    [one] { $count } mesec
    [two] { $count } meseca
    [few] { $count } meseci
   *[other] { $count } mesecev
}
    .v = { $count ->
        [one] { $count } mesecu
       *[other] { $count } mesecih
    }
length-years = { $count ->
    [one] { $count } leto
    [two] { $count } leti
    [few] { $count } leta
   *[other] { $count } let
}
    .v = { $count ->
        [one] { $count } letu
       *[other] { $count } letih
    }
length-of = { $length } ({ $calendar })
length-after = { $length } od: { $event }

## Imena

remedy-refund = vračilo denarja
    .gen = vračila denarja
    .acc = vračilo denarja
    .cap = Vračilo denarja
remedy-store-credit = dobropis
    .gen = dobropisa
    .acc = dobropis
    .cap = Dobropis
remedy-exchange = zamenjava
    .gen = zamenjave
    .acc = zamenjavo
    .cap = Zamenjava
remedy-repair = popravilo
    .gen = popravila
    .acc = popravilo
    .cap = Popravilo
remedy-replacement = nov izdelek
    .gen = novega izdelka
    .acc = nov izdelek
    .cap = Nov izdelek
remedy-return = vračilo blaga
    .gen = vračila blaga
    .acc = vračilo blaga
    .cap = Vračilo blaga
remedy-other-names =
    .gen = »{ $name }«
    .acc = »{ $name }«
    .cap = { $Name }

tender-cash = gotovina
    .na = v gotovini
tender-check = ček
    .na = s čekom
tender-credit = kreditna kartica
    .na = na kreditno kartico
tender-debit = debetna kartica
    .na = na debetno kartico
tender-gift-card = darilna kartica
    .na = na darilno kartico
tender-store-credit = dobropis
    .na = kot dobropis
tender-voucher = bon
    .na = kot bon
tender-paypal = PayPal
    .na = prek storitve PayPal
tender-wallet = digitalna denarnica
    .na = v digitalno denarnico
tender-financing = financiranje
    .na = na račun financiranja
tender-other-names =
    .na = prek: { $name }

role-clerk = prodajalec
    .acc = prodajalca
    .gen = prodajalca
    .cap = Prodajalec
role-supervisor = vodja izmene
    .acc = vodjo izmene
    .gen = vodje izmene
    .cap = Vodja izmene
role-manager = poslovodja
    .acc = poslovodjo
    .gen = poslovodje
    .cap = Poslovodja
role-director = direktor
    .acc = direktorja
    .gen = direktorja
    .cap = Direktor
role-customer = stranka
    .acc = stranko
    .gen = stranke
    .cap = Stranka
role-buyer = kupec
    .acc = kupca
    .gen = kupca
    .cap = Kupec
role-recipient = prejemnik
    .acc = prejemnika
    .gen = prejemnika
    .cap = Prejemnik
role-other-names =
    .acc = »{ $name }«
    .gen = »{ $name }«
    .cap = { $Name }

reason-changed-mind = premislek
reason-defective = okvara
reason-damaged = poškodovano
reason-wrong-item = napačen izdelek
reason-wrong-size = napačna velikost
reason-missing-parts = manjkajoči deli
reason-late-delivery = pozna dostava
reason-unwanted-gift = neželeno darilo
reason-other = drugo
condition-sealed = neodprto
condition-opened = odprto
condition-used = rabljeno
condition-damaged = poškodovano
proof-receipt = račun
proof-e-receipt = e-račun
proof-look-up = najdeno v evidenci
proof-gift-receipt = darilni račun
proof-packing-slip = dobavnica
proof-none = brez
channel-store = trgovina
channel-online = splet
channel-phone = telefon
channel-door = prodaja na domu
by-buyer = kupec
by-recipient = prejemnik
by-other = nekdo drug
yes = da
no = ne

fact-channel = pot vračila
fact-visit--by = kdo vrača
fact-visit--store = trgovina vračila
fact-visit--country = država vračila
fact-visit--state = zvezna država vračila
fact-visit--labels = število nalepk
fact-clerk--role = vloga prodajalca
fact-refund_to--tender = plačilno sredstvo za vračilo
fact-refund_to--id = oznaka sredstva za vračilo
fact-pay_with--tender = plačilno sredstvo
fact-pay_with--id = oznaka plačilnega sredstva
fact-requested = dan zahtevka
fact-sale--channel = pot nakupa
fact-sale--store = trgovina nakupa
fact-sale--country = država nakupa
fact-sale--state = zvezna država nakupa
fact-sale--seller = prodajalec blaga
fact-sale--tax_exempt = oproščeno davka
fact-sale--whole = vrača se ves nakup
fact-sale--total = znesek nakupa
fact-sold = dan nakupa
fact-ordered = dan naročila
fact-invoiced = dan računa
fact-shipped = dan odpreme
fact-received = dan prejema
fact-installed = dan vgradnje
fact-activated = dan aktivacije
fact-item--sku = šifra izdelka
fact-item--product = izdelek
fact-item--brand = znamka
fact-item--price = cena
fact-item--list_price = cena po ceniku
fact-item--current_price = današnja cena
fact-item--quantity = količina
fact-item--final_sale = dokončna prodaja
fact-item--has_sale = nakup je znan
fact-condition = stanje
fact-reason = razlog
fact-proof = dokazilo
fact-wants = želja stranke
fact-new--sku = šifra novega izdelka
fact-new--product = nov izdelek
fact-new--price = cena novega izdelka
fact-new--available = nov izdelek je na zalogi
fact-new--given = nov izdelek je izročen
fact-item--refund = vračilo za izdelek
fact-visit--refund = vračilo skupaj
fact-visit--credit = dobropis skupaj
fact-visit--to_pay = doplačilo
fact-visit--uncovered = nepokriti znesek
fact-tender = plačilno sredstvo
fact-tender--id = oznaka plačilnega sredstva
fact-tender--amount = znesek plačilnega sredstva
fact-tender--paid = plačano s tem sredstvom
fact-on-duty = { $role } je prisoten

asked-parcels = kdaj je bilo prejeto drugo blago
asked-categories = kategorije blaga
asked-current-price = današnja cena
asked-list-price = cena po ceniku
asked-lowest-price = najnižja cena v { $length-v }
asked-balance = stanje na plačilnem sredstvu
asked-history-customer = prejšnja vračila stranke
asked-history-household = prejšnja vračila gospodinjstva
asked-history-clerk = prejšnja vračila pri prodajalcu
asked-history-item = prejšnja vračila izdelka
asked-more = še kakšen podatek

value-not-offered = ni ponujeno
value-offered = ponujeno
value-expired = rok je potekel
value-stopped = ustavljeno
value-unsettled = neodločeno
value-gap = ni določeno
value-unknown = ni znano
value-no-limit = brez roka
value-granted = priznano
value-no-day = brez dne
value-in-full = v celoti
value-on-what-is-refunded = od vrnjenega zneska
value-not-returned = se ne vrne
value-returned = se vrne
value-returned-up-to-the-cheapest = se vrne do najcenejše
value-returned-with-the-last-item = se vrne z zadnjim izdelkom
value-in-proportion = sorazmerno
value-clawed-back = odtegnjeno
value-void = nično
value-original-tender = prvotno plačilno sredstvo
value-tender-asked-for = želeno plačilno sredstvo

## Stran za prodajalca: deli

page-visit = Obisk
page-money = Denar
page-paid-out = Za izplačilo
page-say = Povejte
page-instead = Namesto tega
page-by-law = Po zakonu
page-to-decide = Za odločitev
page-to-verify = Za preverjanje
page-to-fill-in = Za izpolnitev
page-to-ask = Za vprašanje

## Stran za prodajalca: kaj sledi

outcome-accept = Sprejeto.
outcome-accept-money = Sprejeto: { $money }.
outcome-pending = Sprejeto, ko bo preverjeno.
outcome-pending-money = Sprejeto, ko bo preverjeno: { $money }.
outcome-refer = Odloči nekdo drug.
outcome-decline = Zavrnjeno.
outcome-undetermined = Še ni odločeno: nekaj je treba vprašati.
money-to-customer = stranka prejme { $amount }
money-to-pay = stranka plača { $amount }
outcome-by-line-accept = Odločeno po vrsticah; obisk v celoti je sprejet.
outcome-by-line-pending = Odločeno po vrsticah; obisk v celoti je sprejet, ko bo preverjeno.
outcome-by-line-refer = Odločeno po vrsticah; o obisku v celoti odloči nekdo drug.
outcome-by-line-decline = Odločeno po vrsticah; obisk v celoti je zavrnjen.
outcome-by-line-undetermined = Odločeno po vrsticah; o obisku v celoti še ni odločeno.
line-accept = { $goods }, { $remedy }: sprejeto
line-pending = { $goods }, { $remedy }: sprejeto, ko bo preverjeno
line-refer = { $goods }, { $remedy }: odloči nekdo drug
line-decline = { $goods }, { $remedy }: zavrnjeno
line-undetermined = { $goods }, { $remedy }: še ni odločeno
line-accept-unsaid = { $goods }: sprejeto
line-pending-unsaid = { $goods }: sprejeto, ko bo preverjeno
line-refer-unsaid = { $goods }: odloči nekdo drug
line-decline-unsaid = { $goods }: zavrnjeno
line-undetermined-unsaid = { $goods }: še ni odločeno
goods = { $quantity } × vrstica { $line }
goods-named = { $quantity } × { $item } (vrstica { $line })

## Stran za prodajalca: denar in dnevi

part-goods = blago
part-reduction = se ne vrne
part-fee = nadomestilo
part-deduction = odbitek
part-tax = davek
part-included-tax = davek, vključen zgoraj
part-reduction-named = se ne vrne: { $name }
part-fee-named = nadomestilo: { $name }
part-deduction-named = odbitek: { $name }
part-tax-named = davek { $name }
part-included-tax-named = davek, vključen zgoraj: { $name }
part-tax-on = davek na: { $name }
value = vrednost
balance-refund = vračilo
balance-shipping = od tega dostava
balance-credit = dobropis za zamenjavo
balance-new-goods = novo blago
last-day = Zadnji dan: { $day }{ $by }.
last-moment = Do { $day-gen }, { $time }{ $by }.
last-day-none = Brez zadnjega dne{ $by }.
last-day-not-received = Zadnjega dne še ni: vse še ni prejeto{ $by }.
last-day-in-repair = Zadnjega dne še ni: blago je v popravilu{ $by }.
by = { " " }({ $clauses })
payout = { $amount } – { $to }{ $more }{ $by }
payout-not-before = , ne pred: { $day }
payout-due = , rok: { $day }
payout-within = , rok: { $length }
payout-once-sent = , ko je blago poslano
payout-once-received = , ko je blago spet pri nas
payout-once-sent-or-received = , ko je blago poslano ali spet pri nas
payout-in-coins = , v kovancih { $amount }
payout-once-verified = , ko bo preverjeno
changed-by-law = { $what }: po zakonu { $law }, po pravilih { $policy }{ $by }
bound-window = rok
bound-basis = osnova
bound-tax = davek
bound-shipping = dostava
bound-discounts = popusti
bound-stop = ustavitev
bound-pay = način izplačila
bound-hold = zadržanje
bound-due = rok izplačila

## Stran za prodajalca: zakaj

why-accept = Sprejeto: { $remedy }{ $by }.
why-accept-plain = Sprejeto{ $by }.
why-verify = Najprej je treba preveriti: { $text }{ $by }.
why-verify-plain = Najprej je treba preveriti{ $by }.
why-refer = Odloči nekdo drug: { $text }{ $by }.
why-refer-plain = Odloči nekdo drug{ $by }.
why-missing-fact = Ni znano: { $name }{ $by }.
why-approved = Odobreno: { $text }{ $by }.
why-approved-plain = Odobreno{ $by }.
why-above-authority = Odobriti mora { $role }: gre za { $amount }, { $of } pa lahko odobri do { $limit }{ $by }.
why-above-authority-approved = Odobriti mora { $role }: gre za { $amount }, { $of } pa lahko odobri do { $limit }. Odobritev, ki jo je dal { $approved }, ne zadošča{ $by }.
why-verified = Preverjeno ({ $role }): { $text }{ $by }.
why-verified-plain = Preverjeno ({ $role }){ $by }.
why-verification-failed = Ni tako, kot bi moralo biti ({ $role }): { $text }{ $by }.
why-verification-failed-plain = Ni tako, kot bi moralo biti ({ $role }){ $by }.
why-not-offered = Ni mogoče – { $remedy }: { $text }{ $by }.
why-not-offered-plain = Ni mogoče – { $remedy }{ $by }.
why-expired = Prepozno za { $remedy-acc }: zadnji dan je bil { $day }{ $by }.
why-expired-undated = Prepozno za { $remedy-acc }{ $by }.
why-others-offered = Namesto tega je mogoče: { $remedies }{ $by }.
why-stopped = Ustavljeno: { $text }{ $by }.
why-stopped-plain = Ustavljeno{ $by }.
why-conflict = Določila si nasprotujejo in pravila ne povedo, katero velja{ $by }.
why-more-returned-than-bought = Vrača se več kosov, kot je bilo kupljenih, skupaj s prejšnjimi vračili{ $by }.
why-same-unit-twice = Ista serijska številka se vrača dvakrat{ $by }.
why-not-of-this-sale = Serijska številka ni med prodanimi v tej vrstici{ $by }.
why-before-the-sale = Vračilo ima datum pred nakupom{ $by }.
why-gift-missing = Darilo, ki je bilo priloženo, je treba vrniti skupaj z blagom{ $by }.
why-route-unknown = Določila se ne ujemajo o tem, kam gre denar, ali pa prvotno plačilno sredstvo ni znano{ $by }.
why-held-back = Samo zase sprejeto, vendar gredo vrstice po teh pravilih skupaj{ $by }.
why-too-many-unknown = Več kot šest pomembnih podatkov ni znanih; našteva jih `ask`{ $by }.
gap-no-clause = Nobeno določilo ne pove, ali je to za tako blago ponujeno{ $by }.
gap-no-window = To je sprejeto, vendar nobeno določilo ne pove, do kdaj{ $by }.
gap-no-start = Rok ima dolžino, vendar nobeno določilo ne pove, od kdaj teče{ $by }.
gap-no-basis = To je sprejeto, vendar nobeno določilo ne pove, iz katere cene se izračuna{ $by }.
gap-no-date = Dogodek, od katerega teče rok, nima datuma, zato odloči človek{ $by }.
gap-no-moment = Rok je v urah, od dogodka pa je znan le dan{ $by }.
gap-calendar = Dan je zunaj let, za katera so prazniki znani, ali zunaj koledarja{ $by }.
gap-promotion = Blago je bilo del akcije, o kateri pravila molčijo, ali več akcij hkrati{ $by }.
gap-overflow = Znesek je prevelik za natančen izračun{ $by }.
gap-no-version = Tistega dne ni veljala nobena različica pravil{ $by }.
gap-no-route = Denar je treba izplačati, vendar nobeno določilo ne pove, kam{ $by }.
gap-no-tender = Denar gre na prvotno plačilno sredstvo, a ni znano nobeno, ki bi ga sprejelo{ $by }.
final = To je dokončno.
lifted-by = Lahko dovoli: { $roles }.

## Stran za prodajalca: kdo, kaj izpolniti, kaj vprašati

referral = { $role }{ $by }
referral-text = { $role }: { $text }{ $by }
referral-within = { $role }, rok: { $length }{ $by }
referral-within-text = { $role }, rok: { $length }: { $text }{ $by }
referral-due = { $role }, rok: { $length }, do { $day-gen }{ $by }
referral-due-text = { $role }, rok: { $length }, do { $day-gen }: { $text }{ $by }
must-be-granted = { $referral }. Na koncu je treba priznati: stranka ima do tega pravico.
field = { $form }: { $field }{ $of }{ $needed }{ $purpose }
field-signed = , podpiše { $role }
field-one-of = , ena od možnosti: { $options }
field-optional = , neobvezno
field-may-be-needed = , morda potrebno
field-purpose = { " " }({ $text })
ask = { $name }
ask-answers = { $name }: { $answers }
ask-in-words = { $text } ({ $name })
ask-answers-in-words = { $text } ({ $name }: { $answers })
answers = { $before } / { $last }
about-line = { $text } [vrstica { $line }]
about-sale = { $text } [nakup { $sale }]
about-tender = { $text } [nakup { $sale }, { $tender } { $id }]

## Kaj sliši stranka: mirno, brez krivde, in kaj sledi

say-accepted = Vaša zahteva za { $remedy-acc } je sprejeta: { $value }.
say-accepted-goods = Vaša zahteva za { $remedy-acc } je sprejeta. Vrnjeno blago štejemo v vrednosti { $value }.
say-accepted-service = Vaša zahteva za { $remedy-acc } je sprejeta.
say-kept = Od cene zadržimo { $amount } ({ $name }).
say-kept-tax = Od cene zadržimo { $amount } (davek na: { $name }).
say-kept-unnamed = Po naših pogojih { $amount } od cene ne vrnemo.
say-terms-met = Kolikor vidim, so pogoji za { $remedy-acc } izpolnjeni.
say-approved = To smo pregledali in vam odobrili.
say-verify = Preden končamo, nekaj pregleda { $role }. Nato uredimo { $remedy-acc }.
say-verify-by = Preden končamo, nekaj pregleda { $role }, najpozneje { $day-gen }. Nato uredimo { $remedy-acc }.
say-verify-within = Preden končamo, nekaj pregleda { $role }, v { $length-v }. Nato uredimo { $remedy-acc }.
say-verified = { $role-cap } je pregledal, vse je v redu.
say-verification-failed = { $role-cap } je pregledal in ugotovil, da je drugače, kot smo pričakovali. Zdaj vam povem, kaj sledi.
say-not-offered = Žal mi je, naši pogoji za to blago ne vključujejo { $remedy-gen }.
say-not-offered-text = Žal mi je, za to blago ne moremo urediti { $remedy-gen }. V naših pogojih piše: »{ $text }«
say-expired = Zadnji dan za { $remedy-acc } je bil { $day }. Žal mi je, da je mimo.
say-expired-undated = Čas za { $remedy-acc } je potekel. Žal mi je, da je mimo.
say-others-offered = Namesto tega lahko uredimo { $remedies-acc }.
say-stopped = Žal mi je, tega vračila danes ne moremo zaključiti.
say-stopped-until = Žal mi je, tega vračila danes ne moremo zaključiti. Od { $day-gen } naprej nas lahko znova vprašate.
say-referred = Pri takem vračilu odloči { $role }. Zdaj pokličem { $role-acc } in povedali vam bomo, kaj je odločeno in zakaj.
say-referred-owed = Do tega imate po zakonu pravico. Kako to izvedemo, uredi { $role }: zdaj pokličem { $role-acc } in povedali vam bomo naslednji korak.
say-left-open = Naši pogoji tega primera sami ne rešijo, zato odloči { $role }. Zdaj pokličem { $role-acc } in povedali vam bomo, kaj je odločeno in zakaj.
say-route = { $role-cap } z nami uredi, kako denar pride do vas. Zdaj pokličem { $role-acc }; pri tem ničesar ne izgubite.
say-count-differs = Na računu in v naši evidenci je manj kosov, kot jih imamo tukaj. Poglejmo skupaj: nekateri so morda iz drugega nakupa.
say-number-known = Ta serijska številka je že v naši evidenci. To je lahko naša napaka: primerjajmo jo z računom.
say-number-differs = Serijska številka tukaj in na računu nista enaki. Morda gre za drug nakup: s tistim računom lahko pogledamo znova.
say-dates-differ = Datumi, ki jih imamo za ta nakup, se ne ujemajo. Preverim jih in nato pogledamo znova.
say-gift-missing = K temu nakupu je bilo priloženo darilo. Ko ga prinesete, lahko nadaljujemo.
say-together = Vse iz tega obiska uredimo skupaj, zato to počaka, da bo jasno tudi ostalo.
say-question = Preden odgovorim, imam eno vprašanje.
say-question-in-words = Preden odgovorim, imam eno vprašanje: { $question }
say-look-up = Preden odgovorim, moram nekaj preveriti.
say-questions = Preden odgovorim, potrebujem še nekaj podatkov.
say-paid = { $amount } vam vrnemo danes { $to-na }.
say-paid-once-verified = Ko bo to opravljeno, vam vrnemo { $amount } { $to-na }.
say-paid-once-verified-from = Ko bo to opravljeno, vam vrnemo { $amount } { $to-na }, od { $day-gen } naprej.
say-paid-on = { $amount } vam vrnemo { $to-na }, in sicer { $day-gen }.
say-paid-by = { $amount } vam vrnemo { $to-na }, najpozneje { $day-gen }.
say-paid-between = { $amount } vam vrnemo { $to-na }, od { $day-gen } do { $last-gen }.
say-paid-from = { $amount } vam vrnemo { $to-na }, od { $day-gen } naprej.
say-paid-within = { $amount } vam vrnemo { $to-na }, v { $length-v }.
say-paid-once-sent = { $amount } vam vrnemo { $to-na }, ko pokažete, da ste blago poslali.
say-paid-once-received = { $amount } vam vrnemo { $to-na }, ko je blago spet pri nas.
say-paid-once-sent-or-received = { $amount } vam vrnemo { $to-na }, ko je blago spet pri nas ali ko pokažete, da ste ga poslali.
say-delivery = Vrnemo vam tudi { $amount } od plačane dostave.
say-to-pay = Za doplačilo ostane { $amount }.
say-by-law = Do tega imate po zakonu pravico.
say-by-law-fee = Zakon omejuje, koliko smemo zadržati ({ $name }), in tega se držimo.
say-by-law-window = Po zakonu imate za to več časa, kot določajo naši pogoji.
say-by-law-tax = Zakon določa, kako se vrne davek, in tega se držimo.
say-by-law-shipping = Zakon določa, kako se vrne dostava, in tega se držimo.
say-by-law-discounts = Zakon določa, kako se šteje popust, in tega se držimo.
say-by-law-basis = Zakon določa, iz katere cene se izračuna vračilo, in tega se držimo.
say-by-law-pay = Zakon določa, po kateri poti dobite denar, in tega se držimo.
say-by-law-sooner = Po zakonu dobite denar prej, kot določajo naši pogoji.
say-by-law-kept = Zakon omejuje, kaj smemo hraniti iz vašega osebnega dokumenta, in tega se držimo.
say-possible = Mogoče je: { $remedy }.
say-possible-value = Mogoče je: { $remedy }, { $value }.
say-possible-tenders = Mogoče je: { $remedy } ({ $tenders-na }).
say-possible-value-tenders = Mogoče je: { $remedy }, { $value } ({ $tenders-na }).
say-possible-last = Zadnji dan za to je { $day }.
say-sure = Mogoče je: { $remedy }.
say-sure-once = Mogoče je: { $remedy }, ko bomo vedeli: { $missing }.
say-maybe = Morda bo mogoče: { $remedy }.
say-maybe-once = Morda bo mogoče: { $remedy }, ko bomo vedeli: { $missing }.
say-question-first = Najprej eno vprašanje: { $questions }
say-questions-first = Najprej nekaj vprašanj: { $questions }
say-later = Isto vračilo lahko znova pogledamo od { $day-gen } naprej.
say-approval = Če želite, vprašam, ali lahko naredimo izjemo ({ $roles }).

## Izpolnjen obrazec

paper-kept-until = hrani se do { $day-gen }
paper-hash-until = kot zgoščena vrednost se hrani do { $day-gen }
paper-not-kept = se ne hrani
paper-by = izpolnil: { $name }
paper-given = navedeno
paper-deleted = izbrisano
paper-photo = fotografija { $name }
paper-signed = { $name }, podpisano na zaslonu: { $picture }
paper-finished = Zaključeno { $day-gen }
