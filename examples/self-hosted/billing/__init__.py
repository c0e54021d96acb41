"""A billing service whose Novu runs on the company's own servers, once for each environment."""
