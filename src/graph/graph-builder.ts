import { err, ok, type Result } from '../base/result.ts';
import { Rows } from '../base/rows.ts';
import type { Action, ActionId, FileId, FileListId, Goal, Graph, Pool, PoolId } from './graph.ts';

/** Two actions make the same file. */
export interface OutputConflict {
  readonly path: string;
  readonly first: ActionId;
  readonly second: ActionId;
}

/** Gathers a graph: interns paths and shared lists. The planner's only way to make one. */
export class GraphBuilder {
  readonly #files = new Rows<FileId, string>();
  readonly #fileByPath = new Map<string, FileId>();
  readonly #lists = new Rows<FileListId, readonly FileId[]>();
  readonly #listByKey = new Map<string, FileListId>();
  readonly #actions = new Rows<ActionId, Action>();
  readonly #producer = new Map<FileId, ActionId>();
  readonly #others = new Map<FileId, readonly FileId[]>();
  readonly #pools = new Rows<PoolId, Pool>();
  readonly #goals = new Map<string, { readonly files: FileId[]; readonly actions: ActionId[] }>();

  /** The file of a path (relative to the build directory, or absolute; normalised by the caller). */
  file(path: string): FileId {
    const known = this.#fileByPath.get(path);
    if (known !== undefined) return known;
    const id = this.#files.add(path);
    this.#fileByPath.set(path, id);
    return id;
  }

  /** A shared list; equal lists get the same id. */
  fileList(files: readonly FileId[]): FileListId {
    const key = files.join();
    const known = this.#listByKey.get(key);
    if (known !== undefined) return known;
    const id = this.#lists.add(files);
    this.#listByKey.set(key, id);
    return id;
  }

  pool(pool: Pool): PoolId {
    for (const [id, row] of this.#pools.entries()) if (row.name === pool.name) return id;
    return this.#pools.add(pool);
  }

  /** Adds an action, unless another already makes one of its outputs. */
  add(action: Action): Result<ActionId, OutputConflict> {
    const id = this.#actions.size as ActionId; // the id that Rows.add returns below
    for (const output of action.outputs) {
      const first = this.#producer.get(output);
      if (first !== undefined) return err({ path: this.#files.get(output), first, second: id });
    }
    this.#actions.add(action);
    for (const output of action.outputs) this.#producer.set(output, id);
    return ok(id);
  }

  /** The action that makes a file, so far. */
  producer(file: FileId): ActionId | undefined {
    return this.#producer.get(file);
  }

  /** Tells that a file only names others: whoever reads it, reads them too. */
  standsFor(file: FileId, others: readonly FileId[]): void {
    this.#others.set(file, others);
  }

  /** Adds to what a name stands for. */
  goal(name: string, part: Partial<Goal>): void {
    const goal = this.#goals.get(name) ?? { files: [], actions: [] };
    for (const file of part.files ?? []) goal.files.push(file);
    for (const action of part.actions ?? []) goal.actions.push(action);
    this.#goals.set(name, goal);
  }

  hasGoal(name: string): boolean {
    return this.#goals.has(name);
  }

  build(): Graph {
    if (this.#others.size > 0) this.#readOthers();
    return {
      files: this.#files,
      fileLists: this.#lists,
      actions: this.#actions,
      pools: this.#pools,
      goals: this.#goals,
    };
  }

  #readOthers(): void {
    for (const [id, action] of this.#actions.entries()) {
      if (!action.inputs.some((file) => this.#others.has(file))) continue;
      const more = action.inputs.flatMap((file) => this.#others.get(file) ?? []);
      this.#actions.replace(id, { ...action, inputs: [...new Set([...action.inputs, ...more])] });
    }
  }
}
