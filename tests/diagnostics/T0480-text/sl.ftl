clause-everything = Trideset dni
