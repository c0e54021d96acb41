"""What runs beside the web app, in a process of its own."""
