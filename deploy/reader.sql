-- The role of the public servers: it reads what they count and show, and nothing else; accounts,
-- sessions, drafts of stewards and the office's own headings it cannot even see. Safe to repeat:
--   psql -v password=… -f reader.sql, as the owner of the store, after every “geodata init”.
SELECT 'CREATE ROLE haugiang_reader LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'haugiang_reader') \gexec
ALTER ROLE haugiang_reader PASSWORD :'password';
ALTER ROLE haugiang_reader SET default_transaction_read_only = on;
GRANT USAGE ON SCHEMA public TO haugiang_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO haugiang_reader;
REVOKE ALL ON account, attempt, draft, heading, identity, report, session FROM haugiang_reader;
-- Of reports from the public only what the office answered; not who wrote, nor what.
GRANT SELECT (workspace, site, sent, state, answer, answered, shown_from) ON report TO haugiang_reader;
