import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, secure } from './row-security.js';

/** Where recorded agreements come from, and the imported organizations that only a name tells apart. */
export class Imports1790000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE imported_names, imported_grants');
  }
}

/**
 * `digest` is of what the grant says, so that a file sent again changes nothing. A publisher may correct who gave or
 * received a grant: the parties then follow their agreement's. `name_digest` because a name can be longer than an index
 * entry; `scope_id` is the funder in whose grants the name means this organization, or the nil UUID for funders.
 */
const TABLES = `
  CREATE TABLE imported_grants (
    agreement_id uuid PRIMARY KEY,
    funder_id uuid NOT NULL,
    grantee_id uuid NOT NULL,
    source_id text NOT NULL CONSTRAINT imported_grants_source_id UNIQUE,
    digest bytea NOT NULL CONSTRAINT imported_grants_digest CHECK (length(digest) = 32),
    date_modified timestamptz(3),
    title text,
    description text,
    program_title text,
    data_source text,
    source jsonb NOT NULL,
    file_name text,
    imported_at timestamptz(3) NOT NULL,
    CONSTRAINT imported_grants_agreement FOREIGN KEY (agreement_id, funder_id, grantee_id)
      REFERENCES agreements (id, funder_id, grantee_id) ON UPDATE CASCADE
  );
  CREATE TABLE imported_names (
    scope_id uuid NOT NULL,
    name_digest bytea NOT NULL CONSTRAINT imported_names_digest CHECK (length(name_digest) = 32),
    organization_id uuid NOT NULL CONSTRAINT imported_names_organization REFERENCES organizations,
    PRIMARY KEY (scope_id, name_digest)
  );
`;

/** The raw row may hold what was never meant for display, such as a contact's address: the steward alone reads it. */
const SHOWN =
  'agreement_id, funder_id, grantee_id, source_id, date_modified, title, description, program_title, data_source, file_name, imported_at';
const ACCESS = `
  ${secure('imported_grants')}
  ${secure('imported_names')}
  ${allow('funder', 'SELECT', 'imported_grants', `funder_id = ANY (${TENANT})`, SHOWN)}
  ${allow('grantee', 'SELECT', 'imported_grants', `grantee_id = ANY (${TENANT})`, SHOWN)}
  ${(['SELECT', 'INSERT', 'UPDATE'] as const).map((command) => allow('steward', command, 'imported_grants', 'true')).join('\n')}
  ${(['SELECT', 'INSERT'] as const).map((command) => allow('steward', command, 'imported_names', 'true')).join('\n')}
`;
