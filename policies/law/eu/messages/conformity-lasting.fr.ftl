### French. Not reviewed by a native speaker yet; please correct it.

clause-lasting = Aussi longtemps que de tels articles doivent durer
fact-item--lasts_longer = Doit durer plus de deux ans
fact-item--lasts_until = Doit durer jusqu’au
