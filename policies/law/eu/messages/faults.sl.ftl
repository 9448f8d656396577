### Slovenian. Not reviewed by a native speaker yet; please correct it.

remedy-price-reduction = znižanje kupnine
fact-item--fault_shown = Dokazano, da je neskladnost obstajala od začetka
fact-item--fault_came_later = Prodajalec je dokazal, da je neskladnost nastala pozneje
fact-item--fault_agreed = Neskladnost je bila ob nakupu dogovorjena
fact-item--minor_fault = Samo neznatna neskladnost
fact-item--serious_fault = Tako huda neskladnost, da popravilo ni potrebno
fact-item--not_put_right = Neodpravljeno: zavrnjeno, ne v razumnem roku ali znova neskladno
fact-item--repair_unreasonable = Popravilo nemogoče ali nesorazmerno
fact-item--replacement_unreasonable = Zamenjava nemogoča ali nesorazmerna
fact-item--worth_with_fault = Vrednost z neskladnostjo
