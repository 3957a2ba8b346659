"""The list of tickets, with the lines above and below it, and what stands behind them."""
