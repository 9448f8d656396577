### Romanian. Not reviewed by a native speaker yet; please correct it.

clause-romania = România: paisprezece zile, până la următoarea zi lucrătoare
