"""Places: towns by their official key (AGS), postal codes, distances in km, and the map drawn on the server."""
