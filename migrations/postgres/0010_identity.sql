-- People who are recognised by another provider of identities (OpenID Connect).

-- The claim and its value in the form in which it is compared: email:an@example.gov.vn, or sub:….
alter table account add column identity text;
create unique index account_identity on account (identity);

-- The provider has said of this session that it asked for a second factor.
alter table session add column proved boolean not null default false;

-- Sign-ins that have been sent to the provider and have not come back: each comes back once.
create table sign_in_request (
  hash bytea primary key not null,
  expires_at bigint not null
);
create index sign_in_request_expires on sign_in_request (expires_at);
