import type { Queryable } from './types.ts'

/** What stands in a database: object -> its definition, in the words of PostgreSQL's own catalogue. */
export type Catalogue = ReadonlyMap<string, string>

const OUTSIDE = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'migrations')
  and n.nspname not like 'pg\\_temp%' and n.nspname not like 'pg\\_toast%'`

// sequences of identity columns follow from the column; objects of extensions from the extension
const QUERIES: readonly string[] = [
  `select 'schema ' || n.nspname as object, '' as definition from pg_namespace n where ${OUTSIDE}`,
  `select 'extension ' || extname as object, extversion as definition from pg_extension`,
  `select format('%s %I.%I', case c.relkind when 'r' then 'table' when 'p' then 'table' when 'v' then 'view'
            when 'm' then 'materialized view' else 'sequence' end, n.nspname, c.relname) as object,
          case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) else c.relpersistence::text end as definition
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'S') and ${OUTSIDE}
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('i', 'e'))`,
  `select format('column %I.%I.%I', n.nspname, c.relname, a.attname) as object,
          format('%s%s%s%s%s', format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' end,
            ' default ' || pg_get_expr(d.adbin, d.adrelid), ' identity ' || nullif(a.attidentity::text, ''),
            ' collate ' || nullif(l.collname, 'default')) as definition
     from pg_attribute a
     join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     left join pg_collation l on l.oid = a.attcollation
    where c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped and ${OUTSIDE}`,
  `select format('constraint %I.%I.%I', n.nspname, c.relname, k.conname) as object, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where ${OUTSIDE}`,
  `select format('index %I.%I', n.nspname, c.relname) as object, pg_get_indexdef(c.oid) as definition
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('i', 'I') and ${OUTSIDE}`,
  `select format('function %I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) as object,
          pg_get_functiondef(p.oid) as definition
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prokind in ('f', 'p') and ${OUTSIDE}
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  `select format('trigger %I.%I.%I', n.nspname, c.relname, t.tgname) as object, pg_get_triggerdef(t.oid) as definition
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not t.tgisinternal and ${OUTSIDE}`,
  `select format('type %I.%I', n.nspname, t.typname) as object,
          concat_ws(' ', t.typtype, nullif(format_type(t.typbasetype, t.typtypmod), '-'),
            (select string_agg(e.enumlabel, ',' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid)) as definition
     from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typtype in ('e', 'd') and ${OUTSIDE}`,
]

// rights of the owner are implied; rights of a login that was added later are an operator's business, those of ziv_app are ours
const GRANTS = `select format('grant %I.%I', n.nspname, c.relname) as object,
    string_agg(case when g.grantee = 0 then 'public' else g.grantee::regrole::text end || ' ' || g.privilege_type, ', '
      order by g.grantee = 0, g.grantee::regrole::text, g.privilege_type) as definition
  from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) g
  where c.relkind in ('r', 'p', 'v', 'm') and g.grantee <> c.relowner and n.nspname = any ($1::text[]) group by 1`

/**
 * Reads the catalogue of a database, without PostgreSQL's own schemas and the migration bookkeeping. Rights on tables are
 * compared in `grantSchemas` only: in other schemas they are given by `prepareRuntimeRole`, not by migrations.
 */
export async function readCatalogue(q: Queryable, grantSchemas: readonly string[]): Promise<Catalogue> {
  const catalogue = new Map<string, string>()
  for (const sql of [...QUERIES, GRANTS]) {
    const { rows } = await q.query<{ object: string; definition: string | null }>(
      sql,
      sql === GRANTS ? [grantSchemas] : [],
    )
    for (const { object, definition } of rows) catalogue.set(object, (definition ?? '').trim())
  }
  return catalogue
}
