"""What support teaches: figures, the goodwill ledger, the weekly digest."""
