import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The steward lists all organizations, also those that no directory shows: by name, by country, by the day they came. */
export class OrganizationLists1790000000063 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX organizations_by_name ON organizations (name, id);
      CREATE INDEX organizations_by_country ON organizations (country, name, id);
      CREATE INDEX organizations_by_creation ON organizations (created_at, id);
      CREATE INDEX funders_by_name ON funders (name, organization_id);
      CREATE INDEX grantees_by_name ON grantees (name, organization_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX organizations_by_name, organizations_by_country, organizations_by_creation, funders_by_name, grantees_by_name;
    `);
  }
}
