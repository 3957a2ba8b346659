"""What a round with the server has to do, decided from what both sides say."""
