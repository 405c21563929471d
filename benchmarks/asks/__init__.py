"""How each contestant is asked, and how its answers take the shape that all share: that of the endpoint's."""
