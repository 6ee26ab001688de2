/**
 * The character of a Unicode name, for `\N{…}`. Only the letters of the Latin, Greek and Cyrillic
 * alphabets and common signs are known: JavaScript carries no table of names.
 */
export function characterNamed(name: string): string | undefined {
  const wanted = name.toUpperCase();
  const sign = signs[wanted];
  if (sign !== undefined) return sign;
  const [, script = '', size, letter = ''] =
    /^(LATIN|GREEK|CYRILLIC) (CAPITAL|SMALL) LETTER ([A-Z -]+)$/.exec(wanted) ?? [];
  const small = lettersOf(script)[letter];
  return size === 'CAPITAL' ? small?.toUpperCase() : small;
}

function lettersOf(script: string): Readonly<Record<string, string>> {
  if (script === 'LATIN') return latin;
  if (script === 'GREEK') return greek;
  return script === 'CYRILLIC' ? cyrillic : {};
}

function alphabet(letters: string, names: string): Readonly<Record<string, string>> {
  const list = names.split(',');
  return Object.fromEntries([...letters].map((letter, index) => [list[index] ?? '', letter]));
}

const latin: Readonly<Record<string, string>> = {
  ...alphabet('abcdefghijklmnopqrstuvwxyz', 'A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z'),
  ...alphabet(
    'àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿ',
    'A WITH GRAVE,A WITH ACUTE,A WITH CIRCUMFLEX,A WITH TILDE,A WITH DIAERESIS,A WITH RING ABOVE,AE,C WITH CEDILLA,E WITH GRAVE,E WITH ACUTE,E WITH CIRCUMFLEX,E WITH DIAERESIS,I WITH GRAVE,I WITH ACUTE,I WITH CIRCUMFLEX,I WITH DIAERESIS,N WITH TILDE,O WITH GRAVE,O WITH ACUTE,O WITH CIRCUMFLEX,O WITH TILDE,O WITH DIAERESIS,O WITH STROKE,U WITH GRAVE,U WITH ACUTE,U WITH CIRCUMFLEX,U WITH DIAERESIS,Y WITH ACUTE,Y WITH DIAERESIS',
  ),
  'SHARP S': 'ß',
};

const greek = alphabet(
  'αβγδεζηθικλμνξοπρςστυφχψω',
  'ALPHA,BETA,GAMMA,DELTA,EPSILON,ZETA,ETA,THETA,IOTA,KAPPA,LAMDA,MU,NU,XI,OMICRON,PI,RHO,FINAL SIGMA,SIGMA,TAU,UPSILON,PHI,CHI,PSI,OMEGA',
);

const cyrillic = alphabet(
  'абвгдежзийклмнопрстуфхцчшщъыьэюяё',
  'A,BE,VE,GHE,DE,IE,ZHE,ZE,I,SHORT I,KA,EL,EM,EN,O,PE,ER,ES,TE,U,EF,HA,TSE,CHE,SHA,SHCHA,HARD SIGN,YERU,SOFT SIGN,E,YU,YA,IO',
);

const signs: Readonly<Record<string, string>> = {
  SPACE: ' ',
  'NO-BREAK SPACE': '\u00a0',
  APOSTROPHE: "'",
  'QUOTATION MARK': '"',
  'REVERSE SOLIDUS': '\\',
  SOLIDUS: '/',
  'DOLLAR SIGN': '$',
  'PERCENT SIGN': '%',
  'NUMBER SIGN': '#',
  'COMMERCIAL AT': '@',
  AMPERSAND: '&',
  ASTERISK: '*',
  'COPYRIGHT SIGN': '©',
  'REGISTERED SIGN': '®',
  'TRADE MARK SIGN': '™',
  'DEGREE SIGN': '°',
  'MICRO SIGN': 'µ',
  'SECTION SIGN': '§',
  'EURO SIGN': '€',
  'POUND SIGN': '£',
  'EN DASH': '–',
  'EM DASH': '—',
  BULLET: '•',
  'HORIZONTAL ELLIPSIS': '…',
  'RIGHTWARDS ARROW': '→',
  'LEFTWARDS ARROW': '←',
  'CHECK MARK': '✓',
  'LEFT SINGLE QUOTATION MARK': '‘',
  'RIGHT SINGLE QUOTATION MARK': '’',
  'LEFT DOUBLE QUOTATION MARK': '“',
  'RIGHT DOUBLE QUOTATION MARK': '”',
  SNOWMAN: '☃',
};
