import { inflateRawSync } from 'node:zlib';

/**
 * All text of a spreadsheet, good enough to look for words in it: an .xlsx is a ZIP of XML files.
 * @throws Error when it is none
 */
export function textOfXlsx(bytes: Uint8Array): string {
  const zip = Buffer.from(bytes);
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (end < 0) throw new Error('This is no .xlsx file');
  const texts: string[] = [];
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const name = zip.toString('utf8', entry + 46, entry + 46 + zip.readUInt16LE(entry + 28));
    if (/^xl\/(sharedStrings|worksheets\/)/.test(name)) texts.push(contentOf(zip, entry));
    entry += 46 + zip.readUInt16LE(entry + 28) + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
  return texts.join('\n');
}

/** One file of the archive, by its entry in the directory at the end. */
function contentOf(zip: Buffer, entry: number): string {
  const local = zip.readUInt32LE(entry + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
  return (zip.readUInt16LE(entry + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8');
}
