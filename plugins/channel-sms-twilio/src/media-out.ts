import type { OutboundAttachment } from '@sevenfold/plugin-sdk';
import { parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.min';

// Twilio's limits: ten files and 5 MB a message. Pictures it makes smaller where a carrier wants that, nothing else.
const MOST_FILES = 10;
const MOST_BYTES = 5_000_000;
const MOST_BYTES_UNSHRUNK = 600_000;
const SHRUNK = new Set(['image/jpeg', 'image/png', 'image/gif']);
const TAKEN_AS_IT_IS = /^(audio|video)\/|^image\/(webp|heic|bmp|tiff)$|^application\/pdf$|^text\/(vcard|x-vcard|calendar|csv|plain)$/;

/** What of a message's files goes as MMS, and the links of those that cannot. */
export interface MediaOut {
  media: string[];
  links: string[];
}

/**
 * Sorts files into those Twilio carries (it fetches them from their addresses) and those that become a line of the text.
 * @returns undefined when a file has no address to be fetched from
 */
export function mediaOut(files: readonly OutboundAttachment[], to: string, countries: readonly string[] | undefined): MediaOut | undefined {
  const mms = takesMms(to, countries);
  const result: MediaOut = { media: [], links: [] };
  let bytes = 0;
  for (const { url, contentType, content } of files) {
    if (url === undefined) return undefined;
    const size = content.byteLength;
    const small = SHRUNK.has(contentType) || (TAKEN_AS_IT_IS.test(contentType) && size <= MOST_BYTES_UNSHRUNK);
    if (!mms || !small || result.media.length >= MOST_FILES || bytes + size > MOST_BYTES) {
      result.links.push(url);
      continue;
    }
    bytes += size;
    result.media.push(url);
  }
  return result;
}

function takesMms(to: string, countries: readonly string[] | undefined): boolean {
  if (countries === undefined) return true;
  const country = parsePhoneNumberFromString(to, { extract: false }, metadata)?.country;
  return country !== undefined && countries.includes(country);
}
