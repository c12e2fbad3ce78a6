-- The target that the text of a plan names beside its table, and the words of the plan.
alter table target add column goal text;
alter table target add column goal_text text;
