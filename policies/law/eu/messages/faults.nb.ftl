### Norwegian Bokmål. Not reviewed by a native speaker yet; please correct it.

remedy-price-reduction = prisavslag
fact-item--fault_shown = Vist at mangelen var der fra begynnelsen
fact-item--fault_came_later = Selgeren har vist at mangelen kom senere
fact-item--fault_agreed = Mangelen var avtalt ved kjøpet
fact-item--minor_fault = Bare en liten mangel
fact-item--serious_fault = En så alvorlig mangel at reparasjon ikke trengs først
fact-item--not_put_right = Ikke rettet: avslått, ikke innen rimelig tid eller defekt igjen
fact-item--repair_unreasonable = Reparasjon umulig eller uforholdsmessig
fact-item--replacement_unreasonable = Omlevering umulig eller uforholdsmessig
fact-item--worth_with_fault = Verdi med mangelen
