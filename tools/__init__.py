"""Tools of the curators: what makes or judges files of the project and is no part of the program."""
