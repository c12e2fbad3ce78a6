-- Everything that is counted follows from the table response; see ARCHITECTURE.md.

-- The number of the last change of each kind: other processes see by it that there is something new.
-- Adding one to 'answers' is the first thing that a transaction with answers does, so such
-- transactions follow one another, on every server.
create table change (
  kind text primary key not null,
  number bigint not null
) without rowid;
insert into change (kind, number) values ('answers', 0), ('organisation', 0);

create table questionnaire (
  key smallint primary key not null,
  code text not null unique,
  rule text not null,
  legal text not null,
  spec text not null
);

create table unit (
  key integer primary key not null,
  code text not null unique,
  parent integer references unit (key),
  kind text not null,
  name text not null,
  valid_from integer,
  valid_to integer,
  public boolean not null default false
);

create table unit_predecessor (
  unit integer not null references unit (key),
  predecessor integer not null references unit (key),
  primary key (unit, predecessor)
) without rowid;

create table point (
  key integer primary key not null,
  code text not null unique,
  unit integer not null references unit (key),
  name text not null,
  channel text not null,
  open_from integer,
  open_to integer
);
create index point_unit on point (unit);

-- One row a response, ordered by a random id alone: neither moment nor sequence can be read back.
create table response (
  id blob primary key not null,
  point integer not null references point (key),
  unit integer not null references unit (key),
  questionnaire smallint not null references questionnaire (key),
  form smallint,
  answers blob not null,
  stage smallint,
  field text,
  agency text,
  channel smallint not null,
  lang smallint not null,
  day integer not null,
  seconds integer,
  quality smallint not null,
  simulated boolean not null
) without rowid;

create table comment (
  response blob primary key not null references response (id),
  text text not null
) without rowid;

-- Counts of all items of one point and day, packed; written in the transaction of their responses.
create table counts (
  day integer not null,
  point integer not null references point (key),
  unit integer not null references unit (key),
  questionnaire smallint not null references questionnaire (key),
  channel smallint not null,
  quality smallint not null,
  simulated boolean not null,
  counts blob not null,
  released blob not null,
  change bigint not null,
  primary key (day, point, unit, questionnaire, channel, quality, simulated)
) without rowid;
create index counts_change on counts (change);

-- The same by month and stage, and by month and field of service.
create table marginal (
  month integer not null,
  unit integer not null references unit (key),
  questionnaire smallint not null references questionnaire (key),
  dimension text not null,
  value text not null,
  quality smallint not null,
  simulated boolean not null,
  counts blob not null,
  primary key (month, unit, questionnaire, dimension, value, quality, simulated)
) without rowid;

create table dossiers (
  unit integer not null references unit (key),
  month integer not null,
  handled bigint not null,
  primary key (unit, month)
) without rowid;

create table target (
  unit integer not null references unit (key),
  year smallint not null,
  index_name text not null,
  code text not null,
  position smallint not null,
  name text not null,
  max text,
  baseline text,
  baseline_rank smallint,
  rank_of smallint,
  target text,
  actual text,
  actual_date integer,
  source text,
  primary key (unit, year, index_name, code)
) without rowid;

create table api_key (
  id blob primary key not null,
  name text not null,
  role text not null,
  unit integer not null references unit (key),
  hash blob not null unique,
  created_at bigint not null,
  expires_at bigint,
  revoked_at bigint,
  used_day integer
) without rowid;

-- What this database is: 'demo' where the sample was loaded.
create table about (
  name text primary key not null,
  value text not null
) without rowid;
