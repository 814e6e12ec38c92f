/** Writes a mail: header lines, an empty line, a body. */
export const mail = (headers: Record<string, string>, body: string | Buffer = 'Hello\r\n'): Buffer =>
  Buffer.concat([Buffer.from(`${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`), Buffer.from(body)]);

export const plain = (more: Record<string, string> = {}, body?: string | Buffer): Buffer =>
  mail({ From: 'Ada <ada@creators.test>', To: 'hello@agency.test', Subject: 'Re: Hi', Date: 'Mon, 5 Jan 2026 10:00:00 +0100', 'Message-ID': '<a1@creators.test>', ...more }, body);

export const id = '0190b3f0-0000-7000-8000-000000000001';
const returned = `Message-ID: <${id}@agency.test>\r\nSubject: Hi\r\nFrom: hello@agency.test\r\nTo: ada@creators.test\r\n\r\nHi\r\n`;

/** A report by RFC 3464. */
export const dsn = (fields: string, back = returned, more: Record<string, string> = {}, backType = 'message/rfc822'): Buffer =>
  mail(
    { From: 'Mail Delivery System <MAILER-DAEMON@mx.test>', To: 'bounces@agency.test', Subject: 'Undelivered Mail Returned to Sender', 'Auto-Submitted': 'auto-replied', 'MIME-Version': '1.0', 'Content-Type': 'multipart/report; report-type=delivery-status; boundary="b"', ...more },
    `--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\n${fields}\r\n--b\r\nContent-Type: ${backType}\r\n\r\n${back}\r\n--b--\r\n`,
  );
