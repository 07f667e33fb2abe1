import pg from 'pg';
import { readConfig } from '../config.js';
import { findBreaches } from '../doctor/doctor.js';
import { openDatabase } from '../local-database.js';
import { command } from './session.js';

const HELP = `Checks what must always be true of the data: each invariant is one query that should find nothing.

  npm run doctor

Ends with exit code 1 when something is broken, and names the rows. Changes nothing.`;

await command(HELP, async () => {
  const database = await openDatabase(readConfig());
  try {
    if (!database.ownerUrl) throw new Error('The doctor needs DATABASE_MIGRATION_URL: it reads as goodfaith_doctor.');
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      const results = await findBreaches(client);
      for (const { name, breaches } of results) {
        console.log(
          `${breaches.length === 0 ? 'ok    ' : 'BROKEN'} ${name}${breaches.length ? `: ${breaches.slice(0, 10).join(', ')}` : ''}`,
        );
      }
      if (results.some(({ breaches }) => breaches.length > 0)) process.exitCode = 1;
    } finally {
      await client.end();
    }
  } finally {
    await database.stop();
  }
});
