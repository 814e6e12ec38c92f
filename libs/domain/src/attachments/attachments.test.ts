import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentDisposition, contentTypeOf, isShownInline, safeFilename } from './index.js';

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]);
const png = Buffer.from('\x89PNG\r\n\x1a\n....', 'latin1');
const html = Buffer.from('<html><script>alert(1)</script>');

describe('the type of a file', () => {
  it.each([
    ['image/png', png, 'image/png'],
    ['image/png', jpeg, 'image/jpeg'],
    ['text/html', jpeg, 'image/jpeg'],
    ['image/png', html, 'application/octet-stream'],
    ['application/pdf', html, 'application/octet-stream'],
    ['image/svg+xml', Buffer.from('<svg onload="x"/>'), 'application/octet-stream'],
    ['text/html; charset=utf-8', html, 'application/octet-stream'],
    ['application/xhtml+xml', html, 'application/octet-stream'],
    ['text/xml', html, 'application/octet-stream'],
    ['text/plain; charset=utf-8', html, 'text/plain'],
    ['Text/VCard', Buffer.from('BEGIN:VCARD'), 'text/vcard'],
    ['audio/mp4', Buffer.from('\0\0\0\x18ftypmp42'), 'audio/mp4'],
    ['application/octet-stream', Buffer.from('\0\0\0\x18ftypmp42'), 'video/mp4'],
    ['image/jpeg', Buffer.from('\0\0\0\x18ftypheic'), 'image/heic'],
    ['nonsense', Buffer.from('x'), 'application/octet-stream'],
    [undefined, Buffer.alloc(0), 'application/octet-stream'],
    ['text/plain\r\nX-Evil: 1', Buffer.from('x'), 'application/octet-stream'],
  ])('said %s', (said, bytes, type) => {
    expect(contentTypeOf(said, bytes)).toBe(type);
  });

  it('is shown in place only for pixels', () => {
    expect(['image/jpeg', 'image/svg+xml', 'text/html', 'application/pdf', 'image/heic'].filter(isShownInline)).toEqual(['image/jpeg']);
  });
});

describe('the name of a file', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ada\\photo.jpg', 'photo.jpg'],
    ['report\u202Efdp.exe', 'reportfdp.exe'],
    ['a\r\nSet-Cookie: x', 'aSet-Cookie_ x'],
    ['  .hidden ', 'hidden'],
    ['', 'attachment.jpg'],
    [null, 'attachment.jpg'],
    ['naïve café.png', 'naïve café.png'],
  ])('%j becomes %s', (name, safe) => {
    expect(safeFilename(name, 'image/jpeg')).toBe(safe);
  });

  it('keeps its ending when it is cut', () => {
    const cut = safeFilename(`${'long '.repeat(60)}.pdf`, 'application/pdf');
    expect([...cut]).toHaveLength(120);
    expect(cut).toMatch(/\.pdf$/);
  });

  it('makes one header line, whatever it was', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const header = contentDisposition('attachment', safeFilename(name, 'text/plain'));
      expect(header).toMatch(/^attachment; filename="[\x20\x21\x23-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[\w.!~%-]+$/);
    }));
  });
});
