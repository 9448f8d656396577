### Croatian. Not reviewed by a native speaker yet; please correct it.

remedy-price-reduction = sniženje cijene
fact-item--fault_shown = Dokazano da je nedostatak postojao od početka
fact-item--fault_came_later = Prodavatelj je dokazao da je nedostatak nastao kasnije
fact-item--fault_agreed = Nedostatak je bio dogovoren pri kupnji
fact-item--minor_fault = Samo neznatan nedostatak
fact-item--serious_fault = Tako težak nedostatak da popravak nije potreban
fact-item--not_put_right = Neotklonjeno: odbijeno, ne u razumnom roku ili ponovno neispravno
fact-item--repair_unreasonable = Popravak nemoguć ili nerazmjeran
fact-item--replacement_unreasonable = Zamjena nemoguća ili nerazmjerna
fact-item--worth_with_fault = Vrijednost s nedostatkom
