"""The screens: pages made at the server, forms that work without scripts, small scripts that make them live."""
