import { readdirSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import yazl from 'yazl';
import { expect } from '@jest/globals';
import type { Network } from './network.js';

/** The beginnings of real files: as much as tells what they are. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);
export const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
export const WAV = Buffer.concat([
  Buffer.from(
    'RIFF\x24\x10\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data\x00\x10\x00\x00',
    'latin1',
  ),
  Buffer.alloc(4096, 7),
]);
export const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
export const HTML = Buffer.from('<!doctype html><script>alert(1)</script>');
/** What old Word, Excel and PowerPoint files, and encrypted new ones, are kept in. */
export const COMPOUND = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1024)]);

/** A ZIP with these entries, in this order. */
export async function zipOf(entries: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, text] of Object.entries(entries)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream as Readable);
}

const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const types = (main: string): string =>
  `<Types><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`;
export const documentOf = (more: Readonly<Record<string, string>> = {}, main = MAIN): Promise<Buffer> =>
  // The part that names the type comes last, as some writers put it.
  zipOf({ 'word/document.xml': '<w:document/>', ...more, '[Content_Types].xml': types(main) });

export interface Uploading {
  readonly name?: string;
  readonly bytes?: Uint8Array;
  readonly isVisible?: boolean | string;
  readonly headers?: Record<string, string>;
}
export interface Uploaded {
  readonly status: number;
  readonly headers: Headers;
  // Tests assert on it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

/** Attaches a file as a portal's form does. */
export async function upload(
  { url }: Pick<Network, 'url'>,
  key: string | null,
  reportId: string,
  { name = 'picture.png', bytes = PNG, isVisible, headers = {} }: Uploading = {},
): Promise<Uploaded> {
  const form = new FormData();
  if (isVisible !== undefined) form.append('isVisible', String(isVisible));
  form.append('file', new Blob([bytes]), name);
  const response = await fetch(`${url}/v1/reports/${reportId}/attachments`, {
    method: 'POST',
    headers: { ...(key && { authorization: `Bearer ${key}` }), ...headers },
    body: form,
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export interface Attached {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly url: string;
  readonly isVisible?: boolean;
}
export const ATTACHMENT = 'id name mediaType size sha256 url';

export interface ReportWithFiles {
  readonly id: string;
  readonly version: number;
  readonly contentVersion: number | null;
  readonly attachments: Attached[];
  readonly shares: { readonly nodes: readonly { readonly id: string; readonly attachments: Attached[] }[] };
}
const REPORT = `id version contentVersion attachments { ${ATTACHMENT} isVisible } shares { nodes { id attachments { ${ATTACHMENT} } } }`;

export const problemOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { code: string }).code;

/** What the grantee of a network does with files, and what is left of it. */
export class AttachmentScenes {
  constructor(private readonly network: Network) {}

  attach(reportId: string, file?: Uploading): Promise<Uploaded> {
    return upload(this.network, this.network.keys.grantee, reportId, file);
  }

  get(link: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(new URL(link, this.network.url), { headers });
  }

  async done(name: string, input: object): Promise<ReportWithFiles> {
    const { keys } = this.network;
    const payload = await this.network.mutate(keys.grantee, name, input, `narrativeReport { ${REPORT} }`);
    expect(payload.userErrors).toEqual([]);
    return payload.narrativeReport as ReportWithFiles;
  }

  draft(): Promise<ReportWithFiles> {
    return this.done('draftReport', { sections: [{ prompt: 'FREE_TEXT', text: 'Xem ảnh.' }] });
  }

  async read(key: string, id: string): Promise<ReportWithFiles> {
    const query = `query ($id: ID!) { narrativeReport(id: $id) { ${REPORT} } }`;
    return (await this.network.call(key, query, { id })).data.narrativeReport as ReportWithFiles;
  }

  async shareOf(key: string, id: string): Promise<{ attachments: Attached[] } | null> {
    const query = `query ($id: ID!) { reportShare(id: $id) { attachments { ${ATTACHMENT} } } }`;
    return (await this.network.call(key, query, { id })).data.reportShare as { attachments: Attached[] } | null;
  }

  storedFiles(): string[] {
    return readdirSync(this.network.folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.includes('-'))
      .sort();
  }

  /** How much the database knows. */
  rows(): Promise<unknown> {
    return this.network.sql(
      'SELECT (SELECT count(*) FROM report_attachments) AS a, (SELECT count(*) FROM events) AS e',
    );
  }
}
