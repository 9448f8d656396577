### Romanian. Not reviewed by a native speaker yet; please correct it.

form-europe-seen = Identificare: văzută
field-europe-seen--seen = A fost arătat un act, iar acesta este al clientului
    .purpose = pentru a vedea că produsele vin de la cel care le-a cumpărat; nu se iau nici copia, nici numărul
