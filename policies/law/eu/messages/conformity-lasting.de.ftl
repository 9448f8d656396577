### German. Not reviewed by a native speaker yet; please correct it.

clause-lasting = So lange, wie solche Ware erwartungsgemäß hält
fact-item--lasts_longer = Hält erwartungsgemäß länger als zwei Jahre
fact-item--lasts_until = Hält erwartungsgemäß bis
