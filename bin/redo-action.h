// The file `redo`: what redo.c may do again (src/exec/leave-redo.ts has the format).
#pragma once

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "redo-files.h"

/** A source that only this command reads; `known` is where its content is told in the file. */
typedef struct Trigger {
  uint32_t file;
  const char *path;
  char *known;
  struct stamp stamp;
  uint32_t sum;
  int changed;
} Trigger;
typedef struct Made {
  uint32_t file;
  const char *path;
} Made;
typedef struct Copy {
  const char *key, *description, *from, *to;
  int linked;
  uint32_t file;
} Copy;
typedef struct Action {
  const char *id, *key, *description, *folder, *depfile;
  uint32_t triggers_count, made_count, copies_count, changes_count, words_count;
  Trigger *triggers;
  Made *made;
  Copy *copies;
  char **changes, **words;
} Action;

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
  char **all = room(*count, sizeof *all);
  for (uint32_t which = 0; which < *count; which++) all[which] = text();
  return all;
}

/** The next action of the file; `possible` is false where variables are others. */
static Action take_action(int *possible) {
  Action action = {.id = text()};
  action.key = text();
  action.description = text();
  action.folder = text();
  action.depfile = text();
  action.triggers_count = number();
  action.triggers = room(action.triggers_count, sizeof *action.triggers);
  for (uint32_t which = 0; which < action.triggers_count; which++) {
    Trigger *trigger = &action.triggers[which];
    trigger->file = number();
    trigger->path = text();
    trigger->known = text();
  }
  action.made_count = number();
  action.made = room(action.made_count, sizeof *action.made);
  for (uint32_t which = 0; which < action.made_count; which++) {
    action.made[which].file = number();
    action.made[which].path = text();
  }
  action.copies_count = number();
  action.copies = room(action.copies_count, sizeof *action.copies);
  for (uint32_t which = 0; which < action.copies_count; which++) {
    Copy *copy = &action.copies[which];
    copy->key = text();
    copy->description = text();
    copy->from = text();
    copy->to = text();
    copy->linked = number() == 1;
    copy->file = number();
  }
  action.changes = texts(&action.changes_count);
  uint32_t variables;
  char **base = texts(&variables);
  *possible = 1;
  for (uint32_t which = 0; which < variables; which++) *possible &= holds(base[which]);
  action.words = texts(&action.words_count);
  return action;
}
