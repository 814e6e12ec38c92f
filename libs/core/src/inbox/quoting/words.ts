/** "wrote" as mail programs say it above a quotation; the first six languages are promised, the others are neighbours. */
const wrote = [
  'wrote', 'writes', 'schrieb', 'geschrieben', 'a écrit', 'écrit', 'schreef', 'geschreven', 'schrijft', 'escribió', 'escribio', 'skrev',
  'ha scritto', 'scritto', 'escreveu', 'napisał', 'napisała', 'napisał\\(a\\)', 'napsal', 'napsal\\(a\\)', 'kirjoitti', 'írta', 'написал', 'пишет',
].join('|');

/** How such a line begins: a word before the date, a weekday, or the date itself. */
const lead = `(?:On|Am|Le|Op|El|Den|Il|Em|Dnia|Dne|På|W dniu|\\d|(?:\\p{L}{2,12}\\.?,? \\d))`;

/** `… wrote:` with a date and a time or an address: sure enough by itself. */
export const surely = new RegExp(`^${lead}(?=.*\\d)(?=.*(?:\\d[:.h]\\d\\d|@)).*(?<!\\p{L})(?:${wrote})(?!\\p{L}).*:$`, 'iu');

/** Enough when a quotation follows at once. */
export const perhaps = new RegExp(`(?:(?<!\\p{L})(?:${wrote})(?!\\p{L}).*:$)|(?:^\\d{4}-\\d\\d-\\d\\d \\d.*<[^<>]+@[^<>]+>:$)`, 'iu');

const label = (words: string): RegExp => new RegExp(`^(?:${words}) ?:`, 'iu');

/** The first line of the block Outlook puts above what it answers. */
export const from = label('From|Von|De|Van|Fra|Från|Da|Od|Lähettäjä');

/** Its other lines, by what they are. */
export const others = [
  label('Sent|Date|Gesendet|Datum|Envoyé(?: le)?|Verzonden(?: op)?|Enviado(?: el)?|Fecha|Sendt|Dato|Skickat|Inviato|Data|Wysłane|Lähetetty'),
  label('To|An|À|A|Aan|Para|Til|Till|Do|Vastaanottaja'),
  label('Subject|Betreff|Objet|Onderwerp|Asunto|Emne|Ämne|Oggetto|Assunto|Temat|Aihe'),
];

/** `-----Original Message-----` */
export const original = new RegExp(
  `^-{2,} ?(?:Original[ -]?Message|Original[ -]?Email|Urspr[üu](?:e)?ngliche Nachricht|Originalnachricht|Message d['’]origine|Message original|` +
    `Oorspronkelijk bericht|Origineel bericht|Mensaje original|Oprindelig (?:meddelelse|besked)|Original meddelelse|Ursprungligt meddelande|` +
    `Opprinnelig melding|Messaggio originale|Mensagem original) ?-{2,}$`,
  'iu',
);

/** What follows is passed on, not answered: it is the message. */
export const forwarded = new RegExp(
  `^(?:-{2,} ?(?:Forwarded message|Weitergeleitete Nachricht|Message (?:transféré|réexpédié)|Doorgestuurd bericht|Mensaje reenviado|` +
    `Videresendt (?:meddelelse|besked|mail)|Vidarebefordrat meddelande|Messaggio inoltrato|Mensagem encaminhada).*|` +
    `(?:Begin forwarded message|Anfang der weitergeleiteten (?:Nachricht|E-Mail)|Début du message (?:réexpédié|transféré)|Begin doorgestuurd bericht|` +
    `Inicio del mensaje reenviado|Start på videresendt (?:besked|meddelelse)|Vidarebefordrat brev) ?:)$`,
  'iu',
);

/** The line Outlook draws above that block. */
export const rule = /^[_─—-]{10,}$/u;
