import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a file calls the parties of a grant, and how long it was planned where there is no end. */
export class ImportedNamesAndDurations1790000000055 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE imported_grants
        ADD COLUMN funder_name text,
        ADD COLUMN recipient_name text,
        ADD COLUMN duration_months integer CONSTRAINT imported_grants_duration CHECK (duration_months BETWEEN 1 AND 1200);
      ALTER TABLE imported_grants NO FORCE ROW LEVEL SECURITY;
      UPDATE imported_grants SET funder_name = ${nameIn('fundingOrganization')}, recipient_name = ${nameIn('recipientOrganization')};
      ALTER TABLE imported_grants FORCE ROW LEVEL SECURITY;
      GRANT SELECT (funder_name, recipient_name, duration_months) ON imported_grants TO goodfaith_funder, goodfaith_grantee;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE imported_grants DROP COLUMN funder_name, DROP COLUMN recipient_name, DROP COLUMN duration_months',
    );
  }
}

/** Of grants recorded before: as an import reads the name, on one line and without what forces a direction. */
function nameIn(field: string): string {
  const name = `coalesce(source #>> '{${field},0,name}', source #>> '{${field},name}')`;
  const line = `regexp_replace(normalize(${name}, NFC), '[[:space:][:cntrl:]]+', ' ', 'g')`;
  return `nullif(btrim(translate(${line}, U&'\\FEFF\\202D\\202E', '')), '')`;
}
