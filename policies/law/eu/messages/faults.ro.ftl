### Romanian. Not reviewed by a native speaker yet; please correct it.

remedy-price-reduction = reducerea prețului
fact-item--fault_shown = Dovedit că neconformitatea exista de la început
fact-item--fault_came_later = Vânzătorul a dovedit că neconformitatea a apărut mai târziu
fact-item--fault_agreed = Neconformitatea a fost convenită la cumpărare
fact-item--minor_fault = Numai o neconformitate minoră
fact-item--serious_fault = O neconformitate atât de gravă încât nu trebuie încercată repararea
fact-item--not_put_right = Neremediat: refuzat, nu într-un termen rezonabil sau din nou neconform
fact-item--repair_unreasonable = Reparare imposibilă sau disproporționată
fact-item--replacement_unreasonable = Înlocuire imposibilă sau disproporționată
fact-item--worth_with_fault = Valoarea cu neconformitatea
