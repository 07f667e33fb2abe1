import { describe, expect, it } from '@jest/globals';
import { officeType } from './office-document.rules.js';

const TYPES = '[Content_Types].xml';
const main = (type: string): string => `<Override PartName="/word/document.xml" ContentType="application/${type}"/>`;
const WORD = 'vnd.openxmlformats-officedocument.wordprocessingml.document';
const document = (contentTypes: string, ...names: string[]) =>
  officeType({ names: [...names, TYPES], texts: new Map([[TYPES, contentTypes]]) });

describe('the type of a document in a ZIP', () => {
  it.each([
    ['Word', document(main(`${WORD}.main+xml`), 'word/document.xml'), `application/${WORD}`],
    ['Word with a macro part', document(main(`${WORD}.main+xml`), 'word/vbaProject.bin'), 'macro document'],
    ['Word with a control', document(main(`${WORD}.main+xml`), 'word/activeX/activeX1.xml'), 'macro document'],
    ['Word that says so', document(main('vnd.ms-word.document.macroEnabled.main+xml')), 'macro document'],
    ['something else of OOXML', document(main('vnd.ms-visio.drawing.main+xml')), 'application/zip'],
    ['an archive', officeType({ names: ['a.txt'], texts: new Map() }), 'application/zip'],
    [
      'an archive with a false entry',
      officeType({ names: [], texts: new Map([['mimetype', 'text/html']]) }),
      'application/zip',
    ],
    [
      'OpenDocument',
      officeType({ names: ['mimetype'], texts: new Map([['mimetype', 'application/vnd.oasis.opendocument.text']]) }),
      'application/vnd.oasis.opendocument.text',
    ],
    [
      'OpenDocument with macros',
      officeType({
        names: ['mimetype', 'Basic/Standard/Module1.xml'],
        texts: new Map([['mimetype', 'application/vnd.oasis.opendocument.text']]),
      }),
      'macro document',
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected);
  });
});
