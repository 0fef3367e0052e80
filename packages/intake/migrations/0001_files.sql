create schema if not exists app_files;

-- The order in which files, and whatever else competes with them, came in: a file when it was whole.
create sequence app_files.arrival_seq;

-- Every file that was sent to the service, whatever its kind: from its first byte to its answer.
create table app_files.files (
  file_id uuid primary key,
  kind text not null,
  -- receiving: on its way in; working: read whole, its content is being worked through; done: answered
  state text not null check (state in ('receiving', 'processing', 'done')),
  -- drawn when it is whole (0 until then): that is when it came in, and what received_at and business_date then say
  arrival bigint not null default 0,
  -- whose file it is: the same bytes of the same sender are the same file
  sender text not null,
  insurer text,
  ziekenfonds text,
  format text not null,
  file_name text,
  file_hash bytea,
  size_bytes bigint not null default 0,
  -- what the kind found when it read the file, and what became of it
  facts jsonb not null default '{}',
  outcome text,
  counts jsonb not null default '{}',
  -- the same content was sent again and taken anew
  replaced boolean not null default false,
  business_date date not null,
  actor text not null,
  correlation_id text not null,
  received_at timestamptz not null,
  completed_at timestamptz,
  -- while it is received: whoever reads the file moves this forward; when it passed, the upload is dead and is swept
  lease_until timestamptz,
  check ((state = 'done') = (completed_at is not null and outcome is not null)),
  check (state = 'receiving' or file_hash is not null)
);
create unique index files_content on app_files.files (kind, sender, file_hash) where file_hash is not null and not replaced;
create index files_open on app_files.files (kind, arrival) where state <> 'done';
create index files_received on app_files.files (kind, received_at desc, file_id desc);

-- What waits between reading and working, in pages: a file of a million records is written, read and removed as some thousand
-- rows. The kind says what a page holds; what is personal rests sealed or as a keyed hash.
create table app_files.pages (
  file_id uuid not null,
  bucket integer not null,
  page integer not null,
  content text not null,
  primary key (file_id, bucket, page)
);
-- keyed hashes and sealed text do not compress, and a page lives for minutes
alter table app_files.pages alter column content set storage external;

-- What was found wrong, in the order of the file. No content of a person.
create table app_files.issues (
  file_id uuid not null,
  -- line or record of the file, from 1; 0: the file as a whole
  line integer not null,
  -- place among the issues of that line
  number integer not null,
  place text not null,
  code text not null,
  -- who beside the sender may read it
  destination text,
  ziekenfonds text,
  -- further fields of the kind
  detail jsonb,
  nl text not null,
  fr text not null,
  de text not null,
  en text not null,
  primary key (file_id, line, number)
);
