"""How the network that tells the tone toward a mention was made."""
