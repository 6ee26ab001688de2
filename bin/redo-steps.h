// How redo.c does the steps of a recipe.
#pragma once

#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "redo-recipe.h"
#include "redo-run.h"

static int64_t now_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * second_ns + now.tv_nsec;
}

/** The depfile as it was, which is told of anew. */
static Bytes take_depfile(const char *path) {
  Bytes mapped = contents(path, O_RDONLY, PROT_READ);
  if (mapped.size == 0 || unlink(path) != 0) give_up();
  return mapped;
}

/** Whether a step reads what an earlier one made anew. */
static int is_due(const Recipe *recipe, const Step *step) {
  if (step == recipe->steps) return 1;
  for (uint32_t made = 0; made < step->made_count; made++) {
    if (step->made[made].lost) return 1;
  }
  for (uint32_t read = 0; read < step->reads_count; read++) {
    for (const Step *earlier = recipe->steps; earlier < step; earlier++) {
      for (uint32_t made = 0; made < earlier->made_count; made++) {
        if (earlier->made[made].file == step->reads[read] && earlier->made[made].changed) return 1;
      }
    }
  }
  return 0;
}

/** What was not as we left it may be what we make now; yet nothing behind it was made of that. */
static int is_another(const Made *made) {
  if (!made->compared || made->lost || made->before.at == NULL) return 1;
  Bytes now = contents(made->path, O_RDONLY, PROT_READ);
  return now.size != made->before.size ||
         (now.size > 0 && memcmp(now.at, made->before.at, now.size) != 0);
}

/** Runs a command; false where it failed. */
static int run_shown(Step *step) {
  const Command *command = &step->command;
  int output = memfd_create("output", MFD_CLOEXEC);
  if (output < 0 || fcntl(output, F_SETFL, O_APPEND) != 0) give_up();
  if (command->depfile[0] != 0) step->depfile = take_depfile(command->depfile);
  for (uint32_t one = 0; one < step->made_count; one++) {
    Made *made = &step->made[one];
    if (made->compared) made->before = copy_of(made->path);
    if (command->removes) unlink(made->path);
  }
  step->started_ns = now_ns(CLOCK_REALTIME);
  int64_t started_ns = now_ns(CLOCK_MONOTONIC);
  show(step->description);
  step->status = run_command(command, output);
  hide();
  step->took_ns = now_ns(CLOCK_MONOTONIC) - started_ns;
  step->said = said_in(output);
  close(output);
  step->ran = 1;
  if (step->status != 0 || interrupted) return 0;
  for (uint32_t one = 0; one < step->made_count; one++) {
    Made *made = &step->made[one];
    if (look_at(made->path, 0).inode == 0) give_up();
    made->changed = is_another(made);
  }
  if (command->depfile[0] == 0) return 1;
  Bytes reads = contents(command->depfile, O_RDONLY, PROT_READ);
  step->reads_others =
      reads.size != step->depfile.size || memcmp(reads.at, step->depfile.at, reads.size) != 0;
  return 1;
}

/** Copies what is another now. */
static void make_copy(Step *step) {
  if (same_content(step->from, step->to)) return;
  copy_file(step->from, step->to, step->linked);
  step->ran = step->made->changed = 1;
}
