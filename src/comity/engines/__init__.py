"""Other executions of the one meaning: OWL RL with SHACL, and what a third party needs to run them."""
