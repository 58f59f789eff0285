"""Who has signed mapping rows, what is open in them, and how a signature is recorded."""
