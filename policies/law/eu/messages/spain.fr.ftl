### French. Not reviewed by a native speaker yet; please correct it.

clause-spain = Une visite non sollicitée : trente jours
