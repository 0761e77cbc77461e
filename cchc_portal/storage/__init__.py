"""Files: kept by content hash, on the local disk or in object storage."""
