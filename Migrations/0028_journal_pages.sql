-- 0028 journal pages
-- Why:       the office reads the journal by act and by who did it, page by page, without reading all of it. ops/decisions/0048.
-- Locks:     SHARE on events while the indexes are made: whoever writes waits for that.
-- Old code:  ignores them.   Back: drop the indexes.
-- Retention: as the events.
CREATE INDEX events_by_act ON events (act, id);
CREATE INDEX events_by_account ON events (actor_account, id) WHERE actor_account IS NOT NULL;
-- Few, and asked for by themselves.
CREATE INDEX events_by_operators ON events (id) WHERE actor LIKE 'operator:%';
