### German. Not reviewed by a native speaker yet; please correct it.

clause-spain-goods = Spanien: drei Jahre
clause-spain-goods-presumed = Binnen zwei Jahren mangelhaft: ohne Nachweis
