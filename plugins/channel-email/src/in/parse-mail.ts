import { convert } from 'html-to-text';
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { longestText, parserBounds, tooMuch } from './bounds.js';
import { asWindows1252, withKnownCharsets } from './charsets.js';

/** A mail, read. */
export interface ParsedMail {
  /** Lower-case names; the first of each name, unfolded. */
  headers: ReadonlyMap<string, string>;
  /** The address of From, '' without one. */
  from: string;
  to: string;
  subject: string;
  /** As written, or made from the HTML. */
  text: string;
  html: string | undefined;
  /** With brackets, as others refer to it. */
  messageId: string | undefined;
  /** In-Reply-To, then References from the nearest on. */
  references: string[];
  parts: MailPart[];
}

export interface MailPart {
  filename: string | undefined;
  contentType: string;
  content: Uint8Array;
  /** Without brackets, for what the HTML shows. */
  contentId: string | undefined;
}

/** What was read, or the word for why it could not be. */
export type ReadMail = { mail: ParsedMail } | { problem: string };

/** Reads a mail within bounds; never throws and never takes long, whatever it is given. */
export async function parseMail(source: Uint8Array): Promise<ReadMail> {
  const problem = tooMuch(source);
  if (problem !== undefined) return { problem };
  try {
    const { source: known, decode } = withKnownCharsets(source);
    let email = await parse(known);
    const other = `${email.text ?? ''}${email.html ?? ''}`.includes('\ufffd') ? asWindows1252(source) : undefined;
    if (other) email = await parse(other);
    return { mail: await present(email, decode) };
  } catch {
    return { problem: 'unreadable' };
  }
}

const parse = (source: Uint8Array): Promise<Email> => PostalMime.parse(source, { ...parserBounds, forceRfc822Attachments: true, attachmentEncoding: 'arraybuffer' });

function present(email: Email, decode: (text: string) => string): ParsedMail {
  const headers = new Map<string, string>();
  for (const { key, value } of email.headers) if (!headers.has(key)) headers.set(key, value.slice(0, 10_000));
  const html = email.html === undefined || email.html.trim() === '' ? undefined : decode(email.html);
  const written = decode(email.text ?? '');
  return {
    headers,
    from: email.from?.address ?? email.sender?.address ?? '',
    to: email.to?.find((each) => each.address !== undefined)?.address ?? '',
    subject: email.subject ?? '',
    text: (written.trim() === '' && html !== undefined ? textOf(html) : written).slice(0, longestText).trimEnd(),
    html: html !== undefined && html.length <= longestText ? html : undefined,
    messageId: idsIn(email.messageId)[0],
    references: [...new Set([...idsIn(email.inReplyTo), ...idsIn(email.references).toReversed()])].slice(0, 50),
    parts: email.attachments.map(partOf),
  };
}

function partOf({ filename, mimeType, content, contentId, related }: Attachment): MailPart {
  const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
  return {
    filename: filename ?? undefined, contentType: mimeType, content: bytes,
    contentId: related === true && contentId !== undefined ? contentId.replace(/^<|>$/g, '') : undefined,
  };
}

/** Message ids in a header, whatever else people write into it. */
export const idsIn = (header: string | undefined): string[] => header?.slice(0, 20_000).match(/<[^<>\s]{1,500}>/g) ?? [];

/** Beyond this many tags HTML is read without its shape: a bomb must not hold up the others. */
const mostTags = 20_000;

/** Readable text of HTML, quotations marked as in any mail. */
function textOf(html: string): string {
  if (html.split('<', mostTags + 1).length > mostTags) return html.slice(0, longestText).replaceAll(/<[^<>]{0,2000}>/g, ' ').replaceAll(/\s{3,}/g, '\n\n');
  return convert(html.slice(0, longestText), {
    wordwrap: false,
    limits: { maxInputLength: longestText, maxDepth: 100, maxChildNodes: 20_000, ellipsis: '…' },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, linkBrackets: ['<', '>'] } },
      { selector: 'table', format: 'block' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  });
}
