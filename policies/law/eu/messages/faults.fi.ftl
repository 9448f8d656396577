### Finnish. Not reviewed by a native speaker yet; please correct it.

remedy-price-reduction = hinnanalennus
fact-item--fault_shown = Osoitettu, että virhe oli alusta asti
fact-item--fault_came_later = Myyjä on osoittanut, että virhe syntyi myöhemmin
fact-item--fault_agreed = Virheestä oli sovittu ostettaessa
fact-item--minor_fault = Vain vähäinen virhe
fact-item--serious_fault = Niin vakava virhe, ettei korjausta tarvitse ensin yrittää
fact-item--not_put_right = Ei oikaistu: kieltäydytty, ei kohtuullisessa ajassa tai taas viallinen
fact-item--repair_unreasonable = Korjaus mahdoton tai suhteeton
fact-item--replacement_unreasonable = Vaihto mahdoton tai suhteeton
fact-item--worth_with_fault = Arvo virheellisenä
