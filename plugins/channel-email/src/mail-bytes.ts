import { encode as encodeBase64, wrap as wrapBase64 } from 'nodemailer/lib/base64';
import type MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';

/** Longer ones are read piece by piece: encoding them at once would hold up everybody else in the process. */
const longest = 256 * 1_024;

/**
 * The bytes of a mail that nodemailer has put together, just as its own stream would give them (a test compares). Its stream costs a
 * dozen streams and a packet for every part of every mail, which is most of what sending a short mail costs.
 * @returns undefined for one that is long, or has parts that are read from elsewhere
 */
export function bytesOf(root: MimeNode): Buffer | undefined {
  if (sizeOf(root) > longest) return undefined;
  const text = write(root);
  return Buffer.from(text.endsWith('\n') ? text : `${text}\r\n`);
}

/** Characters and bytes of its contents; infinite where that cannot be known. */
function sizeOf({ content, childNodes }: MimeNode): number {
  const own = content === undefined || content === '' ? 0 : typeof content === 'string' ? content.length : Infinity;
  return childNodes.reduce((sum, child) => sum + sizeOf(child), own);
}

function write(node: MimeNode): string {
  const encoding = node.getTransferEncoding(); // building the headers writes it into them
  const head = `${node.buildHeaders()}\r\n\r\n${encoded(node.content, encoding)}`;
  if (!node.multipart) return head;
  const line = `--${node.boundary || ''}`;
  return `${head}${node.childNodes.map((child) => `${line}\r\n${write(child)}\r\n`).join('')}${line}--\r\n`;
}

function encoded(content: MimeNode['content'], encoding: string | false): string {
  if (typeof content !== 'string') return '';
  if (encoding === 'quoted-printable') return wrap(encode(content));
  return encoding === 'base64' ? wrapBase64(encodeBase64(content)) : content;
}
