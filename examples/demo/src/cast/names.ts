/** How somebody of the cast can be reached. */
export type Reach = 'app' | 'e-mail' | 'SMS';

/** Ten by each channel. Who is not told otherwise below is an adult from the Netherlands with enough followers. */
export const names: Record<Reach, readonly string[]> = {
  app: [
    'Ada de Wit', 'Bram Visser', 'Chloé Martens', 'Daan Bakker', 'Emma Schulz', 'Finn de Boer', 'Greta Lindner', 'Hugo Peeters',
    'Isa van Dijk', 'Jonas Keller',
  ],
  'e-mail': [
    'Kim Janssen', 'Lars Hofman', 'Mila Dekker', 'Noor el Amrani', 'Otto Braun', 'Pia Wagner', 'Quinn Mulder', 'Rosa Claes',
    'Sem Kuipers', 'Tess Vos',
  ],
  SMS: [
    'Ugo Maes', 'Vera Smit', 'Wout Jacobs', 'Xenia Wolf', 'Yara Bos', 'Zoë Willems', 'Anouk Prins', 'Boris Lang', 'Carla Meijer',
    'Dirk Vermeer',
  ],
};

/** Who asked for the newsletter. Two of them can be reached by SMS alone, and so get none. */
export const wantNewsletter: readonly string[] = ['Ada', 'Bram', 'Chloé', 'Isa', 'Kim', 'Lars', 'Mila', 'Sem', 'Ugo', 'Vera'];

/** What is different about some, for the story's sake. */
export const oddities: Record<string, { followers?: number; birthDate?: string | null; country?: string }> = {
  /** Too few followers and too young: both are named. */
  Quinn: { followers: 900, birthDate: '2011-05-02' },
  /** Nobody knows her birthday: she is asked. */
  Noor: { birthDate: null },
  /** A little short of the followers: customer success steps in. */
  Rosa: { followers: 4_200, country: 'BE' },
  Greta: { country: 'DE' },
  Emma: { country: 'DE' },
};

export const firstName = (name: string): string => name.split(' ')[0] ?? name;
