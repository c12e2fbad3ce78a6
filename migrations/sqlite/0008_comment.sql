-- Unit and day of the response, so that the comments of a month are counted without reading responses.
alter table comment add column unit integer;
alter table comment add column day integer;
update comment set unit = r.unit, day = r.day from response r where r.id = comment.response;
create index comment_day on comment (day, unit);
