### German. Not reviewed by a native speaker yet; please correct it.

clause-spain = Ein unerbetener Besuch: dreißig Tage
