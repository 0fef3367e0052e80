-- The list of long work pages through the files, the newest first.
create index invoice_files_received on app.invoice_files (received_at desc, file_id desc);
