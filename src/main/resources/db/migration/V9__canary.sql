-- The user with whom every node tries its log and its streams. With a status of its own it is nobody's account: no query
-- of the application sees it, nobody signs in to it (the hash is of no password), and its address is none.
alter table app_user drop constraint app_user_status_check;
alter table app_user add constraint app_user_status_check check (status in ('ACTIVE', 'DEACTIVATED', 'SYSTEM'));

insert into app_user (id, email, password_hash, type, company_name, company_key, locale, roles, status, created_at, updated_at)
values ('00000000-0000-4000-8000-00000000ca9a', 'canary', '!', 'ADMIN', 'FleetMan', 'fleetman', 'en', '', 'SYSTEM', now(), now());

insert into inbox (user_id) values ('00000000-0000-4000-8000-00000000ca9a');
