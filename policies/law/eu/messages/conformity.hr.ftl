### Croatian. Not reviewed by a native speaker yet; please correct it.

clause-presumed = Neusklađeno unutar godine dana: usklađivanje bez dokazivanja
clause-conformity = Neusklađeno unutar dvije godine: usklađivanje
clause-conformity--repaired = Popravljeno po ovom zakonu: jednom godinu dulje
clause-second-hand-year = Rabljeno, ugovorena jedna godina
clause-came-later = Prodavatelj je dokazao da je roba bila usklađena
    .no = Roba je bila usklađena kada ste je primili
clause-agreed-fault = Neusklađenost je bila dogovorena
    .no = Na to ste bili upozoreni i pristali ste
clause-second-step = Neotklonjeno ili preteško: sniženje cijene ili sav novac
clause-second-step--minor = Neznatan nedostatak ne raskida ugovor
    .no = Za tako neznatan nedostatak snižava se cijena
clause-unreasonable-repair = Popravak nemoguć ili nerazmjeran
    .no = Popravak uz razumne troškove nije moguć
clause-unreasonable-replacement = Zamjena nemoguća ili nerazmjerna
    .no = Drugog primjerka uz razumne troškove nema

deduction-worth = vrijednost s nedostatkom
fact-item--used_year_agreed = Rabljeno, bila je ugovorena jedna godina
fact-item--repaired_as_remedy = Prodavatelj je popravio po ovom zakonu
