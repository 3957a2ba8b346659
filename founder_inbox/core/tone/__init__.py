"""How words sound: harsh ones in a draft, anger and praise in a customer's mail."""
