import { type Command, InvalidArgumentError } from 'commander';
import { err, ok, type Result } from '../../base/result.ts';
import { collect } from '../words/parse-words.ts';
import { argumentName, optionSwitches } from './builtin-options.ts';

const malformed = "The argument for option '-D' must be in OPTION=VALUE format";

/** Options as `setup` and `configure` take them, in the order they were given. */
export class GivenOptions {
  readonly #values = new Map<string, string>();
  readonly #byName = new Set<string>();
  readonly #byD = new Set<string>();

  /** Adds `-D` and a switch for each built-in option. */
  define(command: Command): void {
    command.option('-D <option=value>', 'Set an option; may be given several times', (given) => {
      if (given.includes('=')) this.#setByD(given);
      else command.error(`error: ${malformed}: ${given}`);
    });
    for (const { name, description, boolean, choices } of optionSwitches) {
      const argument = argumentName(name);
      const set = (value: string): void => {
        if (choices?.includes(value) === false)
          throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
        this.#byName.add(name);
        this.#values.set(name, value);
      };
      command.option(
        boolean ? argument : `${argument} <value>`,
        choices === undefined ? description : `${description}: ${choices.join(', ')}`,
        // commander calls this for switches too, with nothing.
        (value: string | undefined) => set(value ?? 'true'),
      );
    }
  }

  /** The values, or what is wrong with them. */
  result(): Result<ReadonlyMap<string, string>, string> {
    const twice = [...this.#byName].find((name) => this.#byD.has(name));
    if (twice !== undefined) {
      return err(`Got argument ${twice} as both -D${twice} and ${argumentName(twice)}. Pick one.`);
    }
    // The build type stands for others, which shall be able to differ from it.
    const buildtype = this.#values.get('buildtype');
    if (buildtype === undefined) return ok(this.#values);
    return ok(new Map([['buildtype', buildtype], ...this.#values]));
  }

  #setByD(given: string): void {
    const at = given.indexOf('=');
    const name = given.slice(0, at);
    this.#byD.add(name);
    // Given again, it moves to the end, as it is the last word.
    this.#values.delete(name);
    this.#values.set(name, given.slice(at + 1));
  }
}

/** Declares the words for machine files, which several commands take. */
export function defineMachineFiles(command: Command): void {
  command.option('--native-file <file>', 'Settings of the build machine', collect);
  command.option('--cross-file <file>', 'Settings of the machine to build for', collect);
}
