### Croatian. Not reviewed by a native speaker yet; please correct it.

clause-croatia = Hrvatska: četrnaest dana, do sljedećeg radnog dana
