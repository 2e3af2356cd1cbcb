"""Who may read what is published: whoever could read what it replaces, and the role `ledger_reader` where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Refused

if TYPE_CHECKING:
    from ledger_projections.publishing.postgresql.server import Connection

READER = "ledger_reader"
_WHO = "CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END"
_MORE = "CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END"
_DEFAULTS = f"""
    SELECT format('ALTER DEFAULT PRIVILEGES IN SCHEMA %%I GRANT %%s ON TABLES TO %%s%%s',
                  %(made)s::text, privilege_type, {_WHO}, {_MORE})
    FROM pg_default_acl, aclexplode(defaclacl)
    WHERE defaclnamespace = to_regnamespace(%(held)s) AND defaclobjtype = 'r' AND defaclrole = current_user::regrole
"""
_SCHEMA = f"""
    SELECT format('GRANT %%s ON SCHEMA %%I TO %%s%%s', privilege_type, %(made)s::text, {_WHO}, {_MORE})
    FROM pg_namespace, aclexplode(nspacl) WHERE oid = to_regnamespace(%(held)s) AND grantee <> nspowner
"""
_BOTH = """
    FROM pg_class AS held JOIN pg_class AS made ON made.relname = held.relname AND made.relkind = held.relkind
"""
_IN = """
    WHERE held.relnamespace = to_regnamespace(%(held)s) AND made.relnamespace = to_regnamespace(%(made)s)
      AND held.relkind = 'r' AND grantee <> held.relowner
"""
_TABLES = f"""
    SELECT format('GRANT %%s ON %%s TO %%s%%s', privilege_type, made.oid::regclass, {_WHO}, {_MORE})
    {_BOTH}, aclexplode(held.relacl) {_IN}
"""
_COLUMNS = f"""
    SELECT format('GRANT %%s (%%I) ON %%s TO %%s%%s', privilege_type, attname, made.oid::regclass, {_WHO}, {_MORE})
    {_BOTH} JOIN pg_attribute ON attrelid = held.oid, aclexplode(attacl) {_IN}
      AND attname IN (SELECT attname FROM pg_attribute WHERE attrelid = made.oid)
"""
_GUARDED = """
    SELECT string_agg(relname, ', ' ORDER BY relname) FROM pg_class
    WHERE relnamespace = to_regnamespace(%s) AND relrowsecurity
"""


def prepare(db: Connection, held: str, made: str) -> None:
    """Give the tables that will be made in the schema *made* what new tables in the schema *held* are given."""
    (guarded,) = db.execute(_GUARDED, (held,)).fetchone() or ("",)
    if guarded:
        raise Refused(
            f'In the schema "{held}" row security guards {guarded}; what replaces it would have none. Nothing was written.',
            advice="Publish what each reader may see to a schema of its own: --reader, --include-private, ?schema=NAME.",
        )
    _run(db, _DEFAULTS, held, made)


def carry(db: Connection, held: str, made: str) -> None:
    """Let whoever may read the schema *held* read *made*, and the role of readers too."""
    for written in (_SCHEMA, _TABLES, _COLUMNS):
        _run(db, written, held, made)
    if db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (READER,)).fetchone():
        db.execute(f'GRANT USAGE ON SCHEMA "{made}" TO {READER}')
        db.execute(f'GRANT SELECT ON ALL TABLES IN SCHEMA "{made}" TO {READER}')


def _run(db: Connection, written: str, held: str, made: str) -> None:
    """Run the statements that the server itself writes, for it knows how its names are quoted."""
    for (statement,) in db.execute(written, {"held": held, "made": made}).fetchall():
        db.execute(statement)
