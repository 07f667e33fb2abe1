/** What the list of a ZIP's entries shows of it. */
export interface OfficeParts {
  readonly names: readonly string[];
  /** The content of the entries that name the type. */
  readonly texts: ReadonlyMap<string, string>;
}

const OPEN_XML_MAIN: Readonly<Record<string, RegExp>> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': /wordprocessingml\.document\.main\+xml/,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': /spreadsheetml\.sheet\.main\+xml/,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation':
    /presentationml\.presentation\.main\+xml/,
  'application/vnd.openxmlformats-officedocument.presentationml.slideshow': /presentationml\.slideshow\.main\+xml/,
};
/** OOXML keeps macros in vbaProject.bin and controls in activeX; OpenDocument in Basic and Scripts. */
const MACRO_PART = /(^|\/)(vba(Project|Data)[^/]*\.(bin|xml)$|activeX\/)|^(Basic|Scripts)\//i;
const MACRO_TYPE = /macroEnabled|vbaProject/i;

/**
 * The type of an office document (ECMA-376 part 2 for OOXML, OASIS OpenDocument 1.3 part 2 for the entry `mimetype`);
 * of any other ZIP, that it is one. A document with macros is named as such, whatever its type says.
 */
export function officeType({ names, texts }: OfficeParts): string {
  const contentTypes = texts.get('[Content_Types].xml');
  const declared = texts.get('mimetype')?.trim();
  const isDocument = contentTypes !== undefined || declared?.startsWith('application/vnd.oasis.opendocument.');
  if (!isDocument) return 'application/zip';
  if (names.some((name) => MACRO_PART.test(name)) || MACRO_TYPE.test(contentTypes ?? '')) return 'macro document';
  if (declared !== undefined) return declared;
  const found = Object.entries(OPEN_XML_MAIN).find(([, main]) => main.test(contentTypes!));
  return found?.[0] ?? 'application/zip';
}
