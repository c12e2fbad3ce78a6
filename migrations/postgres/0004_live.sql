-- Whoever commits a change tells the other servers at once; the number itself says whether one was missed.
create function tell_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('hailong_change', '');
  return null;
end
$$;
create trigger tell_change after update on change for each row execute function tell_change();

-- Links by which a screen in a hall shows the board of one unit and nothing else.
create table display (
  id uuid primary key not null,
  unit integer not null references unit (key),
  name text not null,
  hash bytea not null unique,
  made_at bigint not null,
  used_on integer,
  revoked_at bigint
);
