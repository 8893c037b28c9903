"""What is measured, with data at scale: `terrain bench NAME`."""
