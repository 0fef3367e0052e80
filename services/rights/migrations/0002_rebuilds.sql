-- A rebuild takes persons in key order, dependants among them.
create index dependants_dependant on app.dependants (dependant_id);
