"""The tests of Parcours."""
