"""The parts the screens are made of. One widget a file; words and layout that need no terminal stand beside them."""
