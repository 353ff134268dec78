"""What is asked, how is it judged, and who says so? A folder of YAML becomes a checked `Pack`."""
