-- Reports as they were sealed: the bytes of their JSON, never changed.
create table report (
  id blob primary key not null,
  unit integer not null references unit (key),
  month integer not null,
  json blob not null,
  hash blob not null,
  responses bigint not null,
  program text not null,
  closed_by text not null,
  closed_at bigint not null,
  unique (unit, month)
);
create index report_month on report (month);
