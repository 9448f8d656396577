### Norwegian Bokmål. Not reviewed by a native speaker yet; please correct it.

clause-norway = Norge: fjorten dager, til neste virkedag
