-- People who may sign in, what they may, and what they hold in their hands.

-- The number of the last change of people, keys and sessions: who watches a board is asked again by it.
insert into change (kind, number) values ('people', 0);

-- name_key is the name in the form in which names are compared. A password is an argon2id hash; there is
-- none before the first link was used. The step of the second factor that was accepted last is kept,
-- since none is accepted twice.
create table account (
  id blob primary key not null,
  name text not null,
  name_key text not null unique,
  display_name text,
  password text,
  second_required boolean not null,
  second_secret blob,
  second_step bigint,
  created_at bigint not null,
  disabled_at bigint,
  used_on integer
) without rowid;

create table account_grant (
  account blob not null references account (id),
  unit integer not null references unit (key),
  role text not null,
  granted_at bigint not null,
  primary key (account, unit, role)
) without rowid;

-- A session has the second factor behind it, or still waits for it.
create table session (
  id blob primary key not null,
  account blob not null references account (id),
  hash blob not null unique,
  device text not null,
  complete boolean not null,
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null
) without rowid;
create index session_account on session (account);

-- Links that set a password, once.
create table account_link (
  hash blob primary key not null,
  account blob not null references account (id),
  purpose text not null,
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint
) without rowid;
create index account_link_account on account_link (account);

create table recovery_code (
  account blob not null references account (id),
  hash blob not null,
  used_at bigint,
  primary key (account, hash)
) without rowid;

-- Browsers from which somebody has signed in before: each has tries of its own.
create table known_device (
  account blob not null references account (id),
  hash blob not null,
  seen_at bigint not null,
  primary key (account, hash)
) without rowid;

-- Tries that failed, by the hash of a name, also of one that nobody has, and by device; those of unknown
-- devices together under an empty hash.
create table sign_in_try (
  name blob not null,
  device blob not null,
  failures integer not null,
  next_at bigint not null,
  forget_at bigint not null,
  primary key (name, device)
) without rowid;
create index sign_in_try_forget on sign_in_try (forget_at);
