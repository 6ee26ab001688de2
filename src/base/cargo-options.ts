/** The option of a Cargo workspace without build file that keeps what a command says of Cargo's configuration. */
export const configOption = 'cargo_config';

/** The one that keeps which packages a command is for. */
export const selectedOption = 'selected';

/** The one that keeps in which member's folder a command was called. */
export const currentOption = 'current';

/** The one that keeps what the next command takes back: nothing that anybody set. */
export const saidOnceOption = 'said_once';

/** All that the next command may take back by itself: nobody chose it for good. */
export const passingOptions: readonly string[] = [
  configOption,
  selectedOption,
  currentOption,
  saidOnceOption,
];
