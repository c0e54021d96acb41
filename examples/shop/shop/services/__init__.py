"""What the shop does, whoever asks for it: an endpoint, a job, or a workflow."""
