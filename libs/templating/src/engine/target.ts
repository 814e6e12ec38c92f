/** Where a text goes; it is escaped for that. `text` is mail text, SMS, in-app and subjects. */
export type Target = 'html' | 'text' | 'slack';
