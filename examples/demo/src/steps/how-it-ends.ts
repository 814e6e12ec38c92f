/** Selected and signed. */
export const group = ['Ada', 'Chloé', 'Emma', 'Hugo', 'Kim', 'Noor', 'Rosa', 'Ugo', 'Vera', 'Zoë'];

/** Applied and not in it: pending, declined by the team, or not signed in time. */
export const unlucky = ['Daan', 'Finn', 'Wout', 'Mila', 'Pia', 'Yara', 'Greta', 'Otto', 'Xenia'];

/** Refused, dropped out, or were invited and never applied. */
export const silent = ['Bram', 'Lars', 'Sem', 'Anouk'];
