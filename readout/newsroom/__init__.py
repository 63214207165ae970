"""What a newsroom that shares one library agrees on: who may do what, how much of it a day, and what was done."""
