"""How the encoder was made: never imported by the engine."""
