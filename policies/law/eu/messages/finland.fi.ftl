### Finnish. Not reviewed by a native speaker yet; please correct it.

clause-finland = Suomi: neljätoista päivää, seuraavaan arkipäivään
