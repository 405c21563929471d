"""What a frontend team would otherwise use, served on the same models: each as its own documentation says."""
