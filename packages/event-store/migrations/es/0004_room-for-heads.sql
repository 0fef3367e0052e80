-- A file or a renewal moves every head of a page in one transaction: with room for each of them a second time the rows
-- stay on their page and no index is touched (a tenth of what such an append costs PostgreSQL). Pages written before keep
-- their fill until their rows are written again.
alter table es.streams set (fillfactor = 50);
alter table es.topic_keys set (fillfactor = 50);
