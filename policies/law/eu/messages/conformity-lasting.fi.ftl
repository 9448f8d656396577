### Finnish. Not reviewed by a native speaker yet; please correct it.

clause-lasting = Niin kauan kuin tällaisten tavaroiden voi odottaa kestävän
fact-item--lasts_longer = Odotettu kestoaika yli kaksi vuotta
fact-item--lasts_until = Odotettu viimeinen kestopäivä
