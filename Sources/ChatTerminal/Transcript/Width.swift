/// How many columns a character takes at most.
func columns(_ character: Character) -> Int { TextWidth(character).most }

/// Whether it takes two columns at every terminal: an emoji, or of a script that puts no spaces between words.
func isWide(_ character: Character) -> Bool { TextWidth(character).least > 1 }
