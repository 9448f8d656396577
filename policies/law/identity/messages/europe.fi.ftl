### Finnish. Not reviewed by a native speaker yet; please correct it.

form-europe-seen = Henkilöllisyys: nähty
field-europe-seen--seen = Henkilöllisyystodistus esitettiin, ja se on asiakkaan
    .purpose = jotta nähdään, että tavarat palauttaa niiden ostaja; kopiota tai numeroa ei oteta
