### French. Not reviewed by a native speaker yet; please correct it.

clause-spain-goods = Espagne : trois ans
clause-spain-goods-presumed = Défectueux dans les deux ans : personne ne demande de preuve
