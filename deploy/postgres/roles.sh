#!/bin/sh
# Run once by the Postgres image on an empty volume: the three roles and the database they share. The owner makes the
# tables, the app is bound by row-level security, the system role alone may look past it. Nobody is a superuser.
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set=owner="$OWNER_PASSWORD" --set=app="$APP_PASSWORD" --set=system="$SYSTEM_PASSWORD" <<'SQL'
create role sevenfold_owner login nosuperuser nocreatedb nocreaterole nobypassrls password :'owner';
create role sevenfold_app login nosuperuser nocreatedb nocreaterole nobypassrls password :'app';
create role sevenfold_system login nosuperuser nocreatedb nocreaterole bypassrls password :'system';
create database sevenfold owner sevenfold_owner;
SQL
