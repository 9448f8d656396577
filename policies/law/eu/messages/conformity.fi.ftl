### Finnish. Not reviewed by a native speaker yet; please correct it.

clause-presumed = Virhe vuoden kuluessa: virheen oikaisu ilman todistelua
clause-conformity = Virhe kahden vuoden kuluessa: virheen oikaisu
clause-conformity--repaired = Korjattu tämän lain mukaan: vuosi lisää, kerran
clause-second-hand-year = Käytetty, sovittu yhdestä vuodesta
clause-came-later = Myyjä on osoittanut, että tavara oli sopimuksen mukainen
    .no = Tavara oli sopimuksen mukainen, kun saitte sen
clause-agreed-fault = Virheestä oli sovittu
    .no = Teille kerrottiin tästä ja hyväksyitte sen
clause-second-step = Ei oikaistu tai liian vakava: hinnanalennus tai kaikki rahat
clause-second-step--minor = Vähäinen virhe ei pura sopimusta
    .no = Näin vähäisestä virheestä alennetaan hintaa
clause-unreasonable-repair = Korjaus mahdoton tai suhteeton
    .no = Korjaaminen kohtuullisin kustannuksin ei ole mahdollista
clause-unreasonable-replacement = Vaihto mahdoton tai suhteeton
    .no = Toista tavaraa ei ole saatavissa kohtuullisin kustannuksin

deduction-worth = arvo virheellisenä
fact-item--used_year_agreed = Käytetty, ja yhdestä vuodesta oli sovittu
fact-item--repaired_as_remedy = Myyjä on korjannut tämän lain mukaan
