-- Codes that were taken back: the point has another one since, and keeps its answers and counts. A code is
-- used once, so none of these is ever given out again.
create table revoked_code (
  code text primary key not null,
  point integer not null references point (key),
  revoked_on integer not null
) without rowid;
create index revoked_code_point on revoked_code (point);
