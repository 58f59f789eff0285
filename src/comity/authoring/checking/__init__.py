"""What is wrong with mapping sets, tables and knowledge, each fault with its place."""
