/** What stands where a name was. */
export const erasedName = 'Erased creator';
