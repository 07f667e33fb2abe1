import { describe, expect, it } from '@jest/globals';
import { supportedMimeTypes } from 'file-type';
import { ALLOWED, allowedType, isRecording } from './media-type.rules.js';

describe('what may be attached', () => {
  it('is named as the library that looks at the bytes names it', () => {
    expect(ALLOWED.filter(({ mediaType }) => !supportedMimeTypes.has(mediaType))).toEqual([]);
  });

  it.each([
    'image/svg+xml',
    'text/html',
    'application/zip',
    'application/xml',
    'application/x-cfb',
    'application/rtf',
    'macro document',
  ])('is not %s', (type) => {
    expect(allowedType(type)).toBeNull();
  });

  it('is shown in its place when a browser can do nothing with it but show it', () => {
    expect(
      [...supportedMimeTypes].filter((type) => allowedType(type)?.isShown && !/^(image|audio|video)\//.test(type)),
    ).toEqual([]);
    expect([isRecording('audio/mpeg'), isRecording('video/mp4'), isRecording('image/png')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
