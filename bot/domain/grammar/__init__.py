"""The grammar of a message: tags, week marks, outline; and how people name weeks."""
