### Norwegian Bokmål. Not reviewed by a native speaker yet; please correct it.

clause-north-goods = Ment å vare: fem år
fact-item--meant_to_last = Ment å vare vesentlig lenger enn to år
