/** The four forms of one message. Sources are Handlebars; `text` and `short` also stand for in-app and SMS. */
export interface MessageTemplate {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly short: string;
}
