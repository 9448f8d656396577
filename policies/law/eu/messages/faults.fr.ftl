### French. Not reviewed by a native speaker yet; please correct it.

remedy-price-reduction = réduction du prix
fact-item--fault_shown = Montré que le défaut existait dès le début
fact-item--fault_came_later = Le vendeur a montré que le défaut est venu plus tard
fact-item--fault_agreed = Le défaut était convenu lors de l’achat
fact-item--minor_fault = Défaut mineur seulement
fact-item--serious_fault = Défaut si grave qu’une réparation n’a pas à être tentée
fact-item--not_put_right = Non remis en conformité : refusé, pas dans un délai raisonnable, ou de nouveau défectueux
fact-item--repair_unreasonable = Réparation impossible ou disproportionnée
fact-item--replacement_unreasonable = Remplacement impossible ou disproportionné
fact-item--worth_with_fault = Valeur avec le défaut
