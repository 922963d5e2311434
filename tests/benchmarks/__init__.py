"""The budgets of the program, measured: ``python main.py bench``."""
