"""What existed before the portal: past initiatives from sheets, brought in as batches that can be undone."""
