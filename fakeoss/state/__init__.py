"""The model of the service without HTTP or XML: pure values, time and ids come as arguments."""
