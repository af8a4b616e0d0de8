"""What fills the terminal, one screen a file. Imported only when first shown, so the first frame stays quick."""
