own-texts = yes
say-approved = Zgoda.
