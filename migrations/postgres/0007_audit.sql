-- The trail of changes and exports: each entry carries the hash of the one before it.
create table audit (
  seq bigint primary key not null,
  at bigint not null,
  who text not null,
  act text not null,
  about text not null,
  before text,
  after text,
  previous bytea not null,
  hash bytea not null
);
create index audit_about on audit (about);

-- The newest entry. Taking this row is what makes appends follow one another, on every server.
create table audit_head (
  only_row smallint primary key not null check (only_row = 1),
  seq bigint not null,
  hash bytea not null
);
insert into audit_head (only_row, seq, hash) values (1, 0, decode(repeat('00', 32), 'hex'));

-- An entry is written once. `hailong audit protect` takes the rights as well.
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only';
end
$$;
create trigger audit_append_only before update or delete or truncate on audit
  for each statement execute function refuse_audit_change();
