"""Links: bytes in and out of the hall's devices, with nothing known of what they mean."""
