-- Staged slips rest in pages instead of a row each: a file of a million slips is written, read and removed as a few
-- thousand rows. A bucket holds the indexes that begin with one character, so the buckets in order give the indexes in
-- order. One slip is "index employer quarter part cents"; a comma stands between two. Files that are on their way are kept.
alter table app.staged_slips rename to staged_rows;

create table app.staged_slips (
  intake_id uuid not null,
  bucket smallint not null,
  page integer not null,
  slips text not null,
  primary key (intake_id, bucket, page)
);
-- keyed hashes do not compress, and a page lives for minutes
alter table app.staged_slips alter column slips set storage external;

insert into app.staged_slips (intake_id, bucket, page, slips)
select intake_id, ascii(insz_index), 0, string_agg(concat_ws(' ', insz_index, employer_number, quarter, line, amount_cents), ',')
  from app.staged_rows group by intake_id, ascii(insz_index);

drop table app.staged_rows;

-- One file rewrites every row of a year, quarter after quarter: half of a page left free lets each new version rest beside
-- the old one, without touching the index.
alter table app.year_state set (fillfactor = 50);
