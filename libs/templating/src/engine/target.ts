/** Where a text goes; it is escaped for that. `text` is mail text, SMS and in-app; `subject` is one line without control characters. */
export type Target = 'html' | 'text' | 'subject' | 'slack';

/** Which form of a partial goes there. */
export type Form = 'html' | 'text';
export const formOf = (target: Target): Form => (target === 'html' ? 'html' : 'text');
