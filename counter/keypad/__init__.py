"""Hardware keypads (硬件叫号器): a window served without a computer."""
