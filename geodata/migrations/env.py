"""How Alembic reaches the database: over the connection, and in the transaction, of the store."""

from alembic import context

# Alembic holds that SQLite cannot undo DDL. It can, if the transaction is opened as the store
# does, and so a store is either upgraded as a whole or left as it was.
context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
