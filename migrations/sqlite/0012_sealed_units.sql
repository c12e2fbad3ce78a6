-- The units whose answers a sealed report is about, as they stood below its own at the seal: numbers with
-- commas between. What came in later is counted of the same ones, wherever they have gone since. Null of
-- reports that were sealed before: then those below the unit now.
alter table report add column units text;
