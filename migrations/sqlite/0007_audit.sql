-- The trail of changes and exports: each entry carries the hash of the one before it.
create table audit (
  seq bigint primary key not null,
  at bigint not null,
  who text not null,
  act text not null,
  about text not null,
  before text,
  after text,
  previous blob not null,
  hash blob not null
);
create index audit_about on audit (about);

-- The newest entry. Taking this row is what makes appends follow one another, on every server.
create table audit_head (
  only_row smallint primary key not null check (only_row = 1),
  seq bigint not null,
  hash blob not null
);
insert into audit_head (only_row, seq, hash) values (1, 0, zeroblob(32));

-- An entry is written once.
create trigger audit_no_update before update on audit
begin
  select raise(abort, 'the audit trail is append-only');
end;
create trigger audit_no_delete before delete on audit
begin
  select raise(abort, 'the audit trail is append-only');
end;
