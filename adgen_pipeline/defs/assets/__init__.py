"""The four assets, one file a stage. They never import each other: argument names are the edges."""
