-- One database per service, and one for the keys of persons. Runs once, when the volume is new.
create role ziv_app nologin;
create database ziv_affiliation;
create database ziv_contributions;
create database ziv_rights;
create database ziv_reimbursement;
create database ziv_landsbond;
create database ziv_riziv;
create database ziv_privacy;
