-- A bucket holds the indexes that begin with about the same two characters, so that one bucket of a file of a million slips
-- is a few thousand of them. Pages of files that are on their way are cut anew.
insert into app.staged_slips (intake_id, bucket, page, slips)
select intake_id, ascii(slip) * 16 + ascii(substr(slip, 2, 1)) / 8, 0, string_agg(slip, ',')
  from app.staged_slips s cross join unnest(string_to_array(s.slips, ',')) slip
 group by 1, 2;

delete from app.staged_slips where bucket < 128;
