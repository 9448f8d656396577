### Slovenian. Not reviewed by a native speaker yet; please correct it.

clause-slovenia = Slovenija: štirinajst dni, do naslednjega delovnega dne
