-- A rebuild of the read models that is under way: at most one, its cursor in the transaction of every chunk.
create table app.rebuilds (
  one boolean primary key default true check (one),
  cursor uuid,
  rebuilt bigint not null default 0
);

-- A rebuild takes persons in key order, dependants among them.
create index dependants_dependant on app.dependants (dependant_id);
