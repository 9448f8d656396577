### German. Not reviewed by a native speaker yet; please correct it.

clause-italy = Italien: vierzehn Tage, bis zum nächsten Werktag
clause-italy--unsolicited = Ein unerbetener Besuch: dreißig Tage
fact-sale--unsolicited = unerbetener Besuch oder Ausflug
