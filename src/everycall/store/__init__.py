"""What is kept: a Django app with the schema, the history queries and the record, on SQLite and PostgreSQL."""
