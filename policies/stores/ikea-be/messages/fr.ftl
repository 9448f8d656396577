### French. Not reviewed by a native speaker yet; please correct it.

clause-promise = Vous avez changé d’avis ? Ouvert ou non, 365 jours
clause-promise--voucher = Articles sur mesure, aliments, tissus, plantes, bonnes affaires : un bon d’achat
clause-promise--no-proof = Sans preuve d’achat : un bon d’achat
clause-promise--mattress = Matelas : nonante jours pour l’adopter ou l’échanger
clause-promise--excluded = Articles sales, tachés, endommagés, incomplets ou transformés
    .no = Les articles sales, endommagés, incomplets ou transformés ne peuvent pas être repris
form-proof = Preuve d’achat
field-proof--number = Ticket, ou ticket électronique retrouvé
fact-item--dirty = sale
fact-item--adapted = transformé
fact-item--incomplete = incomplet
form-loss-note = Ce que l’article a perdu par l’usage
field-loss-note--what = Ce qui en a été fait, et ce que cela lui a ôté
field-loss-note--picture = Photo
    .purpose = montre pourquoi le remboursement est moindre
