-- Nothing is needed here: the primary key refuses a second entry of the same number, and the trigger of
-- `update` refuses `on conflict do update`.
select 1;
