"""All the SQL: schema, migrations, queries, search, journal, outbox."""
