### French. Not reviewed by a native speaker yet; please correct it.

clause-presumed = Défectueux dans l’année : mise en conformité, sans preuve à apporter
clause-conformity = Défectueux dans les deux ans : mise en conformité
clause-conformity--repaired = Réparé selon cette loi : un an de plus, une fois
clause-second-hand-year = D’occasion, un an convenu
clause-came-later = Le vendeur a montré que l’article était conforme
    .no = L’article était conforme quand vous l’avez reçu
clause-agreed-fault = Le défaut était connu et accepté
    .no = Ce défaut vous avait été signalé, et vous l’avez accepté
clause-second-step = Non remis en conformité, ou trop grave : réduction du prix ou tout l’argent
clause-second-step--minor = Un défaut mineur ne met pas fin au contrat
    .no = Pour un défaut aussi mineur, le prix est réduit
clause-unreasonable-repair = Réparation impossible ou disproportionnée
    .no = Une réparation n’est pas possible à un coût raisonnable
clause-unreasonable-replacement = Remplacement impossible ou disproportionné
    .no = Un autre article n’est pas disponible à un coût raisonnable

deduction-worth = valeur avec le défaut
fact-item--used_year_agreed = D’occasion, et un an était convenu
fact-item--repaired_as_remedy = Réparé par le vendeur selon cette loi
