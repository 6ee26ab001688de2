// The file `redo`: what redo.c may do (src/exec/redo/leave-redo.ts and src/exec/redo/redo-recipe.ts have the format).
#pragma once

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "redo-files.h"
#include "sha256.h"

/** A source that only the first step reads; `known` is where its content is told in the file. */
typedef struct Trigger {
  uint32_t file;
  const char *path;
  char *known;
  uint32_t earlier_count;
  char **earlier;
  struct stamp stamp;
  char hash[hash_digits + 1];
  int changed;
} Trigger;
/** `before` is what it held, where that is to be `compared`; what is `lost` is not what we left there. */
typedef struct Made {
  uint32_t file;
  const char *path;
  int compared, changed, lost;
  Bytes before;
} Made;
typedef struct Command {
  const char *folder, *depfile, *program;
  int removes;
  uint32_t changes_count, words_count;
  char **changes, **words;
} Command;
typedef struct Step {
  int copies;
  const char *id, *key, *description;
  uint32_t reads_count, rests_count, made_count;
  /** What steps before it make; and what else it read, which is to stay as it is meanwhile. */
  uint32_t *reads, *rests;
  Made *made;
  /** Of a copy. */
  const char *from, *to;
  int linked;
  Command command;
  /** How it went, and whether it read other files than before. */
  int ran, status, reads_others;
  int64_t started_ns, took_ns;
  Bytes said, depfile;
} Step;
typedef struct Recipe {
  uint32_t triggers_count, steps_count;
  Trigger *triggers;
  Step *steps;
  int possible;
} Recipe;

/** What is not read yet. */
static char *at, *end;

static char *text(void) {
  char *start = at;
  at = start < end ? memchr(start, 0, (size_t)(end - start)) : NULL;
  if (at == NULL) give_up();
  at++;
  return start;
}

static uint32_t number(void) { return (uint32_t)strtoul(text(), NULL, 10); }

static char **texts(uint32_t *count) {
  *count = number();
  if (*count > (size_t)(end - at)) give_up();
  char **all = room(*count, sizeof *all);
  for (uint32_t which = 0; which < *count; which++) all[which] = text();
  return all;
}

static uint32_t *numbers(uint32_t *count) {
  *count = number();
  if (*count > (size_t)(end - at)) give_up();
  uint32_t *all = room(*count, sizeof *all);
  for (uint32_t which = 0; which < *count; which++) all[which] = number();
  return all;
}

static Trigger take_trigger(void) {
  Trigger trigger = {.file = number()};
  trigger.path = text();
  trigger.known = text();
  trigger.earlier = texts(&trigger.earlier_count);
  return trigger;
}

static Made take_made(void) {
  Made made = {.file = number()};
  made.path = text();
  made.compared = number() == 1;
  return made;
}

static Command take_command(void) {
  Command command = {.folder = text()};
  command.depfile = text();
  command.removes = number() == 1;
  command.program = text();
  command.changes = texts(&command.changes_count);
  command.words = texts(&command.words_count);
  return command;
}

static Step take_step(void) {
  Step step = {.copies = strcmp(text(), "copy") == 0};
  step.id = text();
  step.key = text();
  step.description = text();
  step.reads = numbers(&step.reads_count);
  step.rests = numbers(&step.rests_count);
  step.made_count = number();
  step.made = room(step.made_count, sizeof *step.made);
  for (uint32_t which = 0; which < step.made_count; which++) step.made[which] = take_made();
  if (step.copies) {
    step.from = text();
    step.to = text();
    step.linked = number() == 1;
  } else {
    step.command = take_command();
  }
  return step;
}

/** The next recipe of the file; not `possible` where variables are others. */
static Recipe take_recipe(void) {
  Recipe recipe = {.possible = 1};
  uint32_t variables;
  char **base = texts(&variables);
  for (uint32_t which = 0; which < variables; which++) recipe.possible &= holds(base[which]);
  recipe.triggers_count = number();
  recipe.triggers = room(recipe.triggers_count, sizeof *recipe.triggers);
  for (uint32_t which = 0; which < recipe.triggers_count; which++) recipe.triggers[which] = take_trigger();
  recipe.steps_count = number();
  recipe.steps = room(recipe.steps_count, sizeof *recipe.steps);
  for (uint32_t which = 0; which < recipe.steps_count; which++) recipe.steps[which] = take_step();
  return recipe;
}
