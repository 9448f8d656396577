### Slovenian. Not reviewed by a native speaker yet; please correct it.

clause-presumed = Neskladno v enem letu: vzpostavitev skladnosti brez dokazovanja
clause-conformity = Neskladno v dveh letih: vzpostavitev skladnosti
clause-conformity--repaired = Popravljeno po tem zakonu: enkrat leto dlje
clause-second-hand-year = Rabljeno, dogovorjeno eno leto
clause-came-later = Prodajalec je dokazal, da je bilo blago skladno
    .no = Blago je bilo skladno, ko ste ga prejeli
clause-agreed-fault = Neskladnost je bila dogovorjena
    .no = Na to ste bili opozorjeni in ste se strinjali
clause-second-step = Neodpravljeno ali prehudo: znižanje kupnine ali ves denar
clause-second-step--minor = Neznatna neskladnost ne konča pogodbe
    .no = Za tako neznatno neskladnost se zniža kupnina
clause-unreasonable-repair = Popravilo nemogoče ali nesorazmerno
    .no = Popravilo po razumni ceni ni mogoče
clause-unreasonable-replacement = Zamenjava nemogoča ali nesorazmerna
    .no = Drugega kosa po razumni ceni ni

deduction-worth = vrednost z neskladnostjo
fact-item--used_year_agreed = Rabljeno, dogovorjeno je bilo eno leto
fact-item--repaired_as_remedy = Prodajalec je popravil po tem zakonu
