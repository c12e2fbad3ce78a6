-- `insert or replace` takes an entry away without asking the trigger of `delete`.
create trigger audit_no_replace before insert on audit
when exists (select 1 from audit where seq = new.seq)
begin
  select raise(abort, 'the audit trail is append-only');
end;
