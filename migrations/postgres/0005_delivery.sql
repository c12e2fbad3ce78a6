-- Who is sent the monthly report of a unit by mail.
create table recipient (
  id uuid primary key not null,
  unit integer not null references unit (key),
  address text not null,
  language text not null,
  files text not null,
  added_at bigint not null,
  removed_at bigint,
  unique (unit, address)
);

-- One row a recipient and month, so that nobody is sent a report twice. A row that is being sent is
-- queued and due later: where its server dies, another one tries again then.
create table delivery (
  recipient uuid not null references recipient (id),
  month integer not null,
  state text not null,
  tries smallint not null,
  due_at bigint not null,
  problem text,
  sent_at bigint,
  primary key (recipient, month)
);
create index delivery_due on delivery (due_at) where state = 'queued';
