/** What an attachment may be, and how it is named and served. */
export interface MediaType {
  readonly mediaType: string;
  /** The first is given to a name that has none of them. */
  readonly extensions: readonly string[];
  /** Whether a browser may show it in its place: nothing in it can run there. Everything else is downloaded. */
  readonly isShown: boolean;
}

const shown = (mediaType: string, ...extensions: string[]): MediaType => ({ mediaType, extensions, isShown: true });
const downloaded = (mediaType: string, ...extensions: string[]): MediaType => ({
  mediaType,
  extensions,
  isShown: false,
});
const OPEN_XML = 'application/vnd.openxmlformats-officedocument';
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument';

/**
 * The allow-list. Left out on purpose: SVG and HTML, which hold scripts; archives, which hold anything; office formats
 * with macros, and the old ones (.doc, .xls, .ppt), which cannot be told apart from those; plain text, which has no
 * bytes to know it by and belongs into a section of the report.
 */
export const ALLOWED: readonly MediaType[] = [
  shown('image/jpeg', 'jpg', 'jpeg', 'jfif'),
  shown('image/png', 'png'),
  shown('image/apng', 'apng', 'png'),
  shown('image/gif', 'gif'),
  shown('image/webp', 'webp'),
  shown('image/avif', 'avif'),
  shown('image/heic', 'heic', 'heif'),
  shown('image/heic-sequence', 'heic', 'heics'),
  shown('image/heif', 'heif'),
  shown('image/heif-sequence', 'heif', 'heifs'),
  shown('image/tiff', 'tif', 'tiff'),
  shown('image/bmp', 'bmp'),
  shown('audio/mpeg', 'mp3', 'mp2', 'mp1', 'mpga'),
  shown('audio/mp4', 'm4a', 'mp4', 'f4a'),
  shown('audio/x-m4a', 'm4a'),
  shown('audio/aac', 'aac'),
  shown('audio/wav', 'wav'),
  shown('audio/flac', 'flac'),
  shown('audio/ogg', 'ogg', 'oga', 'opus'),
  shown('audio/ogg; codecs=opus', 'opus', 'ogg', 'oga'),
  shown('audio/amr', 'amr'),
  shown('audio/aiff', 'aif', 'aiff'),
  shown('video/mp4', 'mp4', 'm4v'),
  shown('video/x-m4v', 'm4v', 'mp4'),
  shown('video/quicktime', 'mov', 'qt'),
  shown('video/webm', 'webm'),
  shown('video/ogg', 'ogv', 'ogg'),
  shown('video/3gpp', '3gp', '3gpp'),
  shown('video/3gpp2', '3g2'),
  shown('video/mpeg', 'mpg', 'mpeg'),
  shown('video/matroska', 'mkv'),
  shown('video/vnd.avi', 'avi'),
  downloaded('application/pdf', 'pdf'),
  downloaded(`${OPEN_XML}.wordprocessingml.document`, 'docx'),
  downloaded(`${OPEN_XML}.spreadsheetml.sheet`, 'xlsx'),
  downloaded(`${OPEN_XML}.presentationml.presentation`, 'pptx'),
  downloaded(`${OPEN_XML}.presentationml.slideshow`, 'ppsx'),
  downloaded(`${OPEN_DOCUMENT}.text`, 'odt'),
  downloaded(`${OPEN_DOCUMENT}.spreadsheet`, 'ods'),
  downloaded(`${OPEN_DOCUMENT}.presentation`, 'odp'),
];
const BY_NAME = new Map(ALLOWED.map((type) => [type.mediaType, type]));

export function allowedType(mediaType: string): MediaType | null {
  return BY_NAME.get(mediaType) ?? null;
}

/** The kinds of reports that need one: what a recording or a document can be. */
export function isRecording(mediaType: string): boolean {
  return /^(audio|video)\//.test(mediaType);
}

/** For the documentation: the names people know. */
export const ALLOWED_EXTENSIONS: readonly string[] = [...new Set(ALLOWED.map(({ extensions }) => extensions[0]))];
