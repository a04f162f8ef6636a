"""What reads the JavaScript and the CSS: Biome, locked beside this file and run by `make lint`."""
