### French. Not reviewed by a native speaker yet; please correct it.

clause-period = Trente jours
clause-promise = Neuf, non porté, avec ses étiquettes : renvoyez-le, nous le remboursons
clause-promise--faulty = Pas comme il devrait être : dire ce qui ne va pas
clause-promise--worn = Porté, ou sans étiquettes
    .no = La mode revient non portée et avec ses étiquettes
clause-promise--worn--handled = Porté, mais repris quand même : moins ce qu’il y a perdu en valeur
clause-promise--beauty-opened = Beauté : seulement non ouvert
    .no = Les produits de beauté ouverts ne peuvent pas être repris
clause-promise--voucher =
    .no = Les chèques-cadeaux ne peuvent pas être repris

form-portal-return = Retour annoncé
field-portal-return--order = Numéro de commande
field-portal-return--code = Code de retour présenté au dépôt du colis
field-portal-return--label = Étiquette de retour du vendeur utilisée
    .purpose = avec cette étiquette, le retour est gratuit
form-loss-note = Ce que l’article a perdu par l’usage
field-loss-note--what = Ce qui en a été fait, et ce que cela lui a ôté
field-loss-note--picture = Photo
    .purpose = montre pourquoi le remboursement est moindre
form-complaint = Défectueux, endommagé ou erroné
field-complaint--fault = Ce qui ne va pas
field-complaint--noticed = Constaté le
field-complaint--picture = Photo
fact-item--labels_on = étiquettes encore en place
