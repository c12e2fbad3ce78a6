-- Links by which a screen in a hall shows the board of one unit and nothing else.
create table display (
  id blob primary key not null,
  unit integer not null references unit (key),
  name text not null,
  hash blob not null unique,
  made_at bigint not null,
  used_on integer,
  revoked_at bigint
);
