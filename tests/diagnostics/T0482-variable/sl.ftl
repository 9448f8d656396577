clause-everything = Trideset dni
    .say-if-expired = Trideset dni je mimo.
say-later = Od { $dan } naprej lahko pogledamo znova.
