"""How dates are written in the languages that Django has too little of (``FORMAT_MODULE_PATH``)."""
