### Finnish (suomi). Not reviewed by a native speaker yet; please correct it.
###
### Nimien muodot: .par partitiivi, .gen genetiivi, .lle minne tai kenelle, .cap iso alkukirjain.

## Päivät, summat, luettelot ja kestot

month-name = { $month ->
    [1] tammikuuta
    [2] helmikuuta
    [3] maaliskuuta
    [4] huhtikuuta
    [5] toukokuuta
    [6] kesäkuuta
    [7] heinäkuuta
    [8] elokuuta
    [9] syyskuuta
    [10] lokakuuta
    [11] marraskuuta
   *[12] joulukuuta
}
month-day = { $day }. { month-name }
date = { $day }. { month-name } { $year }
time = { $hour }.{ $minute }
decimal = ,
group = { "\u00A0" }
minus = −
money = { $minus }{ $amount }{ "\u00A0" }{ $code ->
    [EUR] €
    [USD] $
    [GBP] £
    [JPY] ¥
   *[other] { $code }
}
percent = { $minus }{ $amount }{ "\u00A0" }%
list-and = { $before } ja { $last }
list-or = { $before } tai { $last }
list-more = { $before }, { $last }
# .gen: »2 päivän kuluessa«
length-hours = { $count ->
    [one] { $count } tunti
   *[other] { $count } tuntia
}
    .gen = { $count } tunnin
length-days = { $count ->
    [one] { $count } päivä
   *[other] { $count } päivää
}
    .gen = { $count } päivän
length-business-days = { $count ->
    [one] { $count } arkipäivä
   *[other] { $count } arkipäivää
}
    .gen = { $count } arkipäivän
length-weeks = { $count ->
    [one] { $count } viikko
   *[other] { $count } viikkoa
}
    .gen = { $count } viikon
length-months = { $count ->
    [one] { $count } kuukausi
   *[other] { $count } kuukautta
}
    .gen = { $count } kuukauden
length-years = { $count ->
    [one] { $count } vuosi
   *[other] { $count } vuotta
}
    .gen = { $count } vuoden
length-of = { $length } ({ $calendar })
length-after = { $length } alkaen: { $event }

## Nimet

remedy-refund = hyvitys
    .par = hyvitystä
    .gen = hyvityksen
    .cap = Hyvitys
remedy-store-credit = hyvityslasku
    .par = hyvityslaskua
    .gen = hyvityslaskun
    .cap = Hyvityslasku
remedy-exchange = vaihto
    .par = vaihtoa
    .gen = vaihdon
    .cap = Vaihto
remedy-repair = korjaus
    .par = korjausta
    .gen = korjauksen
    .cap = Korjaus
remedy-replacement = uusi tuote
    .par = uutta tuotetta
    .gen = uuden tuotteen
    .cap = Uusi tuote
remedy-return = palautus
    .par = palautusta
    .gen = palautuksen
    .cap = Palautus
remedy-other-names =
    .par = ratkaisua ”{ $name }”
    .gen = ratkaisun ”{ $name }”
    .cap = { $Name }

tender-cash = käteinen
    .lle = käteisenä
tender-check = sekki
    .lle = sekillä
tender-credit = luottokortti
    .lle = luottokortille
tender-debit = pankkikortti
    .lle = pankkikortille
tender-gift-card = lahjakortti
    .lle = lahjakortille
tender-store-credit = hyvityslasku
    .lle = hyvityslaskuna
tender-voucher = arvoseteli
    .lle = arvosetelinä
tender-paypal = PayPal
    .lle = PayPal-tilille
tender-wallet = digitaalinen lompakko
    .lle = digitaaliseen lompakkoon
tender-financing = rahoitus
    .lle = rahoitustilille
tender-other-names =
    .lle = maksutavalla ”{ $name }”

role-clerk = myyjä
    .lle = myyjälle
    .gen = myyjän
    .cap = Myyjä
role-supervisor = vuoropäällikkö
    .lle = vuoropäällikölle
    .gen = vuoropäällikön
    .cap = Vuoropäällikkö
role-manager = myymäläpäällikkö
    .lle = myymäläpäällikölle
    .gen = myymäläpäällikön
    .cap = Myymäläpäällikkö
role-director = johtaja
    .lle = johtajalle
    .gen = johtajan
    .cap = Johtaja
role-customer = asiakas
    .lle = asiakkaalle
    .gen = asiakkaan
    .cap = Asiakas
role-buyer = ostaja
    .lle = ostajalle
    .gen = ostajan
    .cap = Ostaja
role-recipient = vastaanottaja
    .lle = vastaanottajalle
    .gen = vastaanottajan
    .cap = Vastaanottaja
role-other-names =
    .lle = henkilölle ”{ $name }”
    .gen = henkilön ”{ $name }”
    .cap = { $Name }

reason-changed-mind = mielenmuutos
reason-defective = viallinen
reason-damaged = vaurioitunut
reason-wrong-item = väärä tuote
reason-wrong-size = väärä koko
reason-missing-parts = osia puuttuu
reason-late-delivery = toimitus myöhässä
reason-unwanted-gift = ei-toivottu lahja
reason-other = muu
condition-sealed = avaamaton
condition-opened = avattu
condition-used = käytetty
condition-damaged = vaurioitunut
proof-receipt = kuitti
proof-e-receipt = sähköinen kuitti
proof-look-up = löytyi järjestelmästä
proof-gift-receipt = lahjakuitti
proof-packing-slip = lähetyslista
proof-none = ei mitään
channel-store = myymälä
channel-online = verkko
channel-phone = puhelin
channel-door = kotimyynti
by-buyer = ostaja
by-recipient = vastaanottaja
by-other = joku muu
yes = kyllä
no = ei

fact-channel = palautustapa
fact-visit--by = kuka palauttaa
fact-visit--store = palautuksen myymälä
fact-visit--country = palautuksen maa
fact-visit--state = palautuksen osavaltio
fact-visit--labels = tarrojen määrä
fact-clerk--role = myyjän rooli
fact-refund_to--tender = hyvityksen maksutapa
fact-refund_to--id = hyvityksen tunnus
fact-pay_with--tender = maksutapa
fact-pay_with--id = maksutavan tunnus
fact-requested = pyynnön päivä
fact-sale--channel = ostotapa
fact-sale--store = oston myymälä
fact-sale--country = oston maa
fact-sale--state = oston osavaltio
fact-sale--seller = tuotteen myyjä
fact-sale--tax_exempt = veroton
fact-sale--whole = koko ostos palautuu
fact-sale--total = ostoksen summa
fact-sold = ostopäivä
fact-ordered = tilauspäivä
fact-invoiced = laskupäivä
fact-shipped = lähetyspäivä
fact-received = vastaanottopäivä
fact-installed = asennuspäivä
fact-activated = käyttöönottopäivä
fact-item--sku = tuotenumero
fact-item--product = tuote
fact-item--brand = merkki
fact-item--price = hinta
fact-item--list_price = listahinta
fact-item--current_price = tämän päivän hinta
fact-item--quantity = määrä
fact-item--final_sale = lopullinen kauppa
fact-item--has_sale = ostos tunnetaan
fact-condition = kunto
fact-reason = syy
fact-proof = ostotodistus
fact-wants = asiakkaan toive
fact-new--sku = uuden tuotteen numero
fact-new--product = uusi tuote
fact-new--price = uuden tuotteen hinta
fact-new--available = uutta tuotetta on varastossa
fact-new--given = uusi tuote on luovutettu
fact-item--refund = tuotteen hyvitys
fact-visit--refund = hyvitys yhteensä
fact-visit--credit = vaihtohyvitys yhteensä
fact-visit--to_pay = maksettavaa
fact-visit--uncovered = kattamatta jäävä summa
fact-tender = maksutapa
fact-tender--id = maksutavan tunnus
fact-tender--amount = maksutavan summa
fact-tender--paid = tällä maksettu
fact-on-duty = { $role } on paikalla

asked-parcels = milloin muut tavarat vastaanotettiin
asked-categories = tuotteiden ryhmät
asked-current-price = tämän päivän hinta
asked-list-price = listahinta
asked-lowest-price = alin hinta { $length-gen } ajalta
asked-balance = maksutavan saldo
asked-history-customer = asiakkaan aiemmat palautukset
asked-history-household = talouden aiemmat palautukset
asked-history-clerk = myyjän aiemmat palautukset
asked-history-item = tuotteen aiemmat palautukset
asked-more = vielä hieman lisää

value-not-offered = ei tarjolla
value-offered = tarjolla
value-expired = määräaika ohi
value-stopped = pysäytetty
value-unsettled = ratkaisematta
value-gap = määräämättä
value-unknown = ei tiedossa
value-no-limit = ei määräaikaa
value-granted = myönnetty
value-no-day = ei päivää
value-in-full = kokonaan
value-on-what-is-refunded = hyvitettävästä osasta
value-not-returned = ei palauteta
value-returned = palautetaan
value-returned-up-to-the-cheapest = palautetaan halvimpaan asti
value-returned-with-the-last-item = palautetaan viimeisen tuotteen mukana
value-in-proportion = suhteessa
value-clawed-back = vähennetään
value-void = raukeaa
value-original-tender = alkuperäinen maksutapa
value-tender-asked-for = toivottu maksutapa

## Myyjän sivu: osat

page-visit = Käynti
page-money = Rahat
page-paid-out = Maksettavaa asiakkaalle
page-say = Sano
page-instead = Sen sijaan
page-by-law = Lain mukaan
page-to-decide = Päätettävää
page-to-verify = Tarkistettavaa
page-to-fill-in = Täytettävää
page-to-ask = Kysyttävää

## Myyjän sivu: mitä siitä tulee

outcome-accept = Hyväksytty.
outcome-accept-money = Hyväksytty: { $money }.
outcome-pending = Hyväksytty, kun on tarkistettu.
outcome-pending-money = Hyväksytty, kun on tarkistettu: { $money }.
outcome-refer = Joku muu päättää.
outcome-decline = Hylätty.
outcome-undetermined = Ei vielä ratkaistu: jotain pitää kysyä.
money-to-customer = { $amount } asiakkaalle
money-to-pay = asiakas maksaa { $amount }
outcome-by-line-accept = Ratkaistu rivi riviltä; käynti kokonaisuutena on hyväksytty.
outcome-by-line-pending = Ratkaistu rivi riviltä; käynti kokonaisuutena on hyväksytty, kun on tarkistettu.
outcome-by-line-refer = Ratkaistu rivi riviltä; käynnistä kokonaisuutena päättää joku muu.
outcome-by-line-decline = Ratkaistu rivi riviltä; käynti kokonaisuutena on hylätty.
outcome-by-line-undetermined = Ratkaistu rivi riviltä; käyntiä kokonaisuutena ei ole vielä ratkaistu.
line-accept = { $goods }, { $remedy }: hyväksytty
line-pending = { $goods }, { $remedy }: hyväksytty, kun on tarkistettu
line-refer = { $goods }, { $remedy }: joku muu päättää
line-decline = { $goods }, { $remedy }: hylätty
line-undetermined = { $goods }, { $remedy }: ei vielä ratkaistu
line-accept-unsaid = { $goods }: hyväksytty
line-pending-unsaid = { $goods }: hyväksytty, kun on tarkistettu
line-refer-unsaid = { $goods }: joku muu päättää
line-decline-unsaid = { $goods }: hylätty
line-undetermined-unsaid = { $goods }: ei vielä ratkaistu
goods = { $quantity } × rivi { $line }
goods-named = { $quantity } × { $item } (rivi { $line })

## Myyjän sivu: rahat ja päivät

part-goods = tavara
part-reduction = ei palauteta
part-fee = maksu
part-deduction = vähennys
part-tax = vero
part-included-tax = yllä sisältyvä vero
part-reduction-named = ei palauteta: { $name }
part-fee-named = maksu: { $name }
part-deduction-named = vähennys: { $name }
part-tax-named = vero { $name }
part-included-tax-named = yllä sisältyvä vero { $name }
part-tax-on = vero, peruste: { $name }
value = arvo
balance-refund = hyvitys
balance-shipping = siitä toimitus
balance-credit = vaihtohyvitys
balance-new-goods = uudet tavarat
last-day = Viimeinen päivä: { $day }{ $by }.
last-moment = { $day } kello { $time } asti{ $by }.
last-day-none = Ei viimeistä päivää{ $by }.
last-day-not-received = Viimeistä päivää ei vielä ole: kaikkea ei ole vastaanotettu{ $by }.
last-day-in-repair = Viimeistä päivää ei vielä ole: tuote on korjattavana{ $by }.
by = { " " }({ $clauses })
payout = { $amount } – { $to }{ $more }{ $by }
payout-not-before = , aikaisintaan { $day }
payout-due = , eräpäivä { $day }
payout-within = , { $length-gen } kuluessa
payout-once-sent = , kun tavarat on lähetetty
payout-once-received = , kun tavarat ovat palanneet
payout-once-sent-or-received = , kun tavarat on lähetetty tai ne ovat palanneet
payout-in-coins = , { $amount } kolikoina
payout-once-verified = , kun on tarkistettu
changed-by-law = { $what }: lain mukaan { $law }, sääntöjen mukaan { $policy }{ $by }
bound-window = määräaika
bound-basis = peruste
bound-tax = vero
bound-shipping = toimitus
bound-discounts = alennukset
bound-stop = pysäytys
bound-pay = maksutapa
bound-hold = pidättäminen
bound-due = eräpäivä

## Myyjän sivu: miksi

why-accept = Hyväksytty: { $remedy }{ $by }.
why-accept-plain = Hyväksytty{ $by }.
why-verify = Ensin tarkistettava: { $text }{ $by }.
why-verify-plain = Ensin tarkistettava{ $by }.
why-refer = Joku muu päättää: { $text }{ $by }.
why-refer-plain = Joku muu päättää{ $by }.
why-missing-fact = Ei tiedossa: { $name }{ $by }.
why-approved = Luvan saanut: { $text }{ $by }.
why-approved-plain = Luvan saanut{ $by }.
why-above-authority = Tarvitaan { $role-gen } lupa: kyse on summasta { $amount }, ja { $of } voi antaa luvan enintään summaan { $limit }{ $by }.
why-above-authority-approved = Tarvitaan { $role-gen } lupa: kyse on summasta { $amount }, ja { $of } voi antaa luvan enintään summaan { $limit }. Lupa, jonka { $approved } antoi, ei riitä{ $by }.
why-verified = Tarkistettu ({ $role }): { $text }{ $by }.
why-verified-plain = Tarkistettu ({ $role }){ $by }.
why-verification-failed = Ei niin kuin pitäisi ({ $role }): { $text }{ $by }.
why-verification-failed-plain = Ei niin kuin pitäisi ({ $role }){ $by }.
why-not-offered = Ei { $remedy-par }: { $text }{ $by }.
why-not-offered-plain = Ei { $remedy-par }{ $by }.
why-expired = Myöhässä, { $remedy }: viimeinen päivä oli { $day }{ $by }.
why-expired-undated = Myöhässä, { $remedy }{ $by }.
why-others-offered = Mahdollista sen sijaan: { $remedies }{ $by }.
why-stopped = Pysäytetty: { $text }{ $by }.
why-stopped-plain = Pysäytetty{ $by }.
why-conflict = Ehdot ovat ristiriidassa, eivätkä säännöt kerro, mikä niistä pätee{ $by }.
why-more-returned-than-bought = Palautetaan enemmän kuin ostettiin, aiemmat palautukset mukaan lukien{ $by }.
why-same-unit-twice = Sama sarjanumero palautuu kahdesti{ $by }.
why-not-of-this-sale = Sarjanumero ei ole rivillä myytyjen joukossa{ $by }.
why-before-the-sale = Palautus on päivätty ennen ostoa{ $by }.
why-gift-missing = Tuotteen mukana tullut lahja on palautettava sen kanssa{ $by }.
why-route-unknown = Ehdot eivät sovi yhteen siitä, minne raha menee, tai alkuperäistä maksutapaa ei tunneta{ $by }.
why-held-back = Sinänsä hyväksytty, mutta näiden sääntöjen mukaan rivit kulkevat yhdessä{ $by }.
why-too-many-unknown = Yli kuusi tärkeää tietoa puuttuu; `ask` luettelee ne{ $by }.
gap-no-clause = Mikään ehto ei kerro, tarjotaanko tätä tällaisille tuotteille{ $by }.
gap-no-window = Se on hyväksytty, mutta mikään ehto ei kerro, kuinka pitkään{ $by }.
gap-no-start = Määräajalla on pituus, mutta mikään ehto ei kerro, mistä se alkaa{ $by }.
gap-no-basis = Se on hyväksytty, mutta mikään ehto ei kerro, mistä hinnasta summa lasketaan{ $by }.
gap-no-date = Tapahtumalla, josta määräaika alkaa, ei ole päivää, ja säännöt jättävät sellaiset ihmisen ratkaistaviksi{ $by }.
gap-no-moment = Määräaika on tunteina, mutta tapahtumasta tiedetään vain päivä{ $by }.
gap-calendar = Päivä on niiden vuosien ulkopuolella, joiden pyhät tunnetaan, tai kaikkien kalenterien ulkopuolella{ $by }.
gap-promotion = Tuote kuului kampanjaan, josta säännöt eivät sano mitään, tai useaan päällekkäiseen{ $by }.
gap-overflow = Summa on liian suuri tarkasti laskettavaksi{ $by }.
gap-no-version = Mikään sääntöjen versio ei ollut voimassa sinä päivänä{ $by }.
gap-no-route = Rahaa on maksettava, mutta mikään ehto ei kerro minne{ $by }.
gap-no-tender = Rahan pitäisi mennä alkuperäiselle maksutavalle, eikä sellaista tunneta, joka voisi sen ottaa{ $by }.
final = Tämä on lopullista.
lifted-by = Luvan voi antaa: { $roles }.

## Myyjän sivu: kuka, mitä täyttää, mitä kysyä

referral = { $role }{ $by }
referral-text = { $role }: { $text }{ $by }
referral-within = { $role }, { $length-gen } kuluessa{ $by }
referral-within-text = { $role }, { $length-gen } kuluessa: { $text }{ $by }
referral-due = { $role }, { $length-gen } kuluessa, viimeistään { $day }{ $by }
referral-due-text = { $role }, { $length-gen } kuluessa, viimeistään { $day }: { $text }{ $by }
must-be-granted = { $referral }. Se on lopulta myönnettävä: asiakkaalla on siihen oikeus.
field = { $form }: { $field }{ $of }{ $needed }{ $purpose }
field-signed = , allekirjoittaa { $role }
field-one-of = , yksi näistä: { $options }
field-optional = , vapaaehtoinen
field-may-be-needed = , ehkä tarpeen
field-purpose = { " " }({ $text })
ask = { $name }
ask-answers = { $name }: { $answers }
ask-in-words = { $text } ({ $name })
ask-answers-in-words = { $text } ({ $name }: { $answers })
answers = { $before } / { $last }
about-line = { $text } [rivi { $line }]
about-sale = { $text } [ostos { $sale }]
about-tender = { $text } [ostos { $sale }, { $tender } { $id }]

## Mitä asiakas kuulee: rauhallisesti, ketään syyttämättä, ja mitä seuraavaksi tapahtuu

say-accepted = { $remedy-cap } on hyväksytty: { $value }.
say-accepted-goods = { $remedy-cap } on hyväksytty. Palauttamanne tuotteen arvoksi lasketaan { $value }.
say-accepted-service = { $remedy-cap } on hyväksytty.
say-kept = Hinnasta jää meille { $amount } ({ $name }).
say-kept-tax = Hinnasta jää meille { $amount } (vero, peruste: { $name }).
say-kept-unnamed = Hinnasta { $amount } ei ehtojemme mukaan palauteta.
say-terms-met = Nähdäkseni { $remedy-gen } ehdot täyttyvät.
say-approved = Asia on katsottu ja teille hyväksytty.
say-verify = Ennen kuin olemme valmiit, { $role } katsoo yhden asian. Sitten { $remedy } toteutuu.
say-verify-by = Ennen kuin olemme valmiit, { $role } katsoo yhden asian, viimeistään { $day }. Sitten { $remedy } toteutuu.
say-verify-within = Ennen kuin olemme valmiit, { $role } katsoo yhden asian, { $length-gen } kuluessa. Sitten { $remedy } toteutuu.
say-verified = { $role-cap } on katsonut asian, ja kaikki on kunnossa.
say-verification-failed = { $role-cap } on katsonut asian, ja se oli toisin kuin odotimme. Kerron, mitä seuraavaksi tapahtuu.
say-not-offered = Olen pahoillani, ehtoihimme ei kuulu { $remedy } tälle tuotteelle.
say-not-offered-text = Olen pahoillani, emme voi tarjota { $remedy-par } tälle tuotteelle. Ehdoissamme sanotaan: ”{ $text }”
say-expired = Viimeinen päivä, jolloin { $remedy } oli mahdollinen, oli { $day }. Olen pahoillani, että se on ohi.
say-expired-undated = Aika, jolloin { $remedy } oli mahdollinen, on ohi. Olen pahoillani.
say-others-offered = Sen sijaan voimme tarjota: { $remedies }.
say-stopped = Olen pahoillani, emme voi viedä tätä palautusta loppuun tänään.
say-stopped-until = Olen pahoillani, emme voi viedä tätä palautusta loppuun tänään. { $day } alkaen voitte kysyä uudelleen.
say-referred = Tällaisesta palautuksesta päättää { $role }. Soitan nyt { $role-lle }, ja kerromme teille, mitä päätettiin ja miksi.
say-referred-owed = Teillä on tähän lain mukaan oikeus. Toteutuksesta päättää { $role }: soitan nyt { $role-lle }, ja kerromme teille seuraavan vaiheen.
say-left-open = Ehtomme eivät yksin ratkaise tätä tapausta, joten siitä päättää { $role }. Soitan nyt { $role-lle }, ja kerromme teille, mitä päätettiin ja miksi.
say-route = { $role-cap } sopii kanssamme, miten raha palaa teille. Soitan nyt { $role-lle }; ette menetä siinä mitään.
say-count-differs = Kuitissa ja tiedoissamme on vähemmän kuin tässä. Katsotaan yhdessä: osa voi kuulua toiseen ostokseen.
say-number-known = Tämä sarjanumero on jo tiedoissamme. Se voi olla meidän virheemme: verrataan sitä kuittiin.
say-number-differs = Tämän tuotteen ja kuitin sarjanumero eivät ole samat. Tuote voi kuulua toiseen ostokseen: sen kuitin kanssa voimme katsoa uudelleen.
say-dates-differ = Tätä ostosta koskevat päivämäärät eivät sovi yhteen. Tarkistan ne, ja sitten katsotaan uudelleen.
say-gift-missing = Tämän ostoksen mukana tuli lahja. Kun tuotte sen, voimme jatkaa.
say-together = Hoidamme koko käynnin asiat yhdessä, joten tämä odottaa, kunnes muukin on selvää.
say-question = Minulla on yksi kysymys ennen kuin voin vastata.
say-question-in-words = Minulla on yksi kysymys ennen kuin voin vastata: { $question }
say-look-up = Minun on tarkistettava yksi asia ennen kuin voin vastata.
say-questions = Tarvitsen vielä hieman lisätietoja ennen kuin voin vastata.
say-paid = Saatte tänään { $amount } takaisin { $to-lle }.
say-paid-once-verified = Kun se on tehty, saatte { $amount } takaisin { $to-lle }.
say-paid-once-verified-from = Kun se on tehty, saatte { $amount } takaisin { $to-lle }, aikaisintaan { $day }.
say-paid-on = Saatte { $amount } takaisin { $to-lle } { $day }.
say-paid-by = Saatte { $amount } takaisin { $to-lle }, viimeistään { $day }.
say-paid-between = Saatte { $amount } takaisin { $to-lle }, aikaisintaan { $day } ja viimeistään { $last }.
say-paid-from = Saatte { $amount } takaisin { $to-lle }, aikaisintaan { $day }.
say-paid-within = Saatte { $amount } takaisin { $to-lle } { $length-gen } kuluessa.
say-paid-once-sent = Saatte { $amount } takaisin { $to-lle }, kun osoitatte lähettäneenne tavarat.
say-paid-once-received = Saatte { $amount } takaisin { $to-lle }, kun tavarat ovat palanneet.
say-paid-once-sent-or-received = Saatte { $amount } takaisin { $to-lle }, kun tavarat ovat palanneet tai osoitatte lähettäneenne ne.
say-delivery = Toimituksesta maksamastanne palautuu myös { $amount }.
say-to-pay = Maksettavaa jää { $amount }.
say-by-law = Teillä on tähän lain mukaan oikeus.
say-by-law-fee = Laki rajoittaa sitä, mitä voimme pidättää ({ $name }), ja noudatamme sitä.
say-by-law-window = Lain mukaan teillä on tähän enemmän aikaa kuin omissa ehdoissamme sanotaan.
say-by-law-tax = Laki määrää, miten vero palautetaan, ja noudatamme sitä.
say-by-law-shipping = Laki määrää, miten toimitus palautetaan, ja noudatamme sitä.
say-by-law-discounts = Laki määrää, miten alennus lasketaan, ja noudatamme sitä.
say-by-law-basis = Laki määrää, mistä hinnasta hyvityksenne lasketaan, ja noudatamme sitä.
say-by-law-pay = Laki määrää, millä tavalla raha palautetaan teille, ja noudatamme sitä.
say-by-law-sooner = Lain mukaan saatte rahat aiemmin kuin omissa ehdoissamme sanotaan.
say-by-law-kept = Laki rajoittaa sitä, mitä voimme säilyttää henkilöllisyystodistuksestanne, ja noudatamme sitä.
say-possible = { $remedy-cap } on mahdollinen.
say-possible-value = { $remedy-cap } on mahdollinen: { $value }.
say-possible-tenders = { $remedy-cap } on mahdollinen, { $tenders-lle }.
say-possible-value-tenders = { $remedy-cap } on mahdollinen: { $value }, { $tenders-lle }.
say-possible-last = Viimeinen päivä siihen on { $day }.
say-sure = { $remedy-cap } on mahdollinen.
say-sure-once = { $remedy-cap } on mahdollinen, kun tiedossa on { $missing }.
say-maybe = { $remedy-cap } voi olla mahdollinen.
say-maybe-once = { $remedy-cap } voi olla mahdollinen, kun tiedossa on { $missing }.
say-question-first = Ensin yksi kysymys: { $questions }
say-questions-first = Ensin muutama kysymys: { $questions }
say-later = Samaa palautusta voidaan katsoa uudelleen aikaisintaan { $day }.
say-approval = Jos haluatte, kysyn, voimmeko tehdä poikkeuksen ({ $roles }).

## Täytetty lomake

paper-kept-until = säilytetään { $day } asti
paper-hash-until = säilytetään tiivisteenä { $day } asti
paper-not-kept = ei säilytetä
paper-by = täyttäjä: { $name }
paper-given = annettu
paper-deleted = poistettu
paper-photo = kuva { $name }
paper-signed = { $name }, allekirjoitettu näytöllä: { $picture }
paper-finished = Valmis { $day }
