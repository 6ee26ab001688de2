// What the steps of redo.c rest on: the proof, and whether that still holds.
#pragma once

#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "proof.h"
#include "redo-files.h"
#include "redo-recipe.h"
#include "redo-steps.h"

/** What kaon recorded and what was seen of it just now. */
typedef struct Proof {
  Bytes list_bytes, seen_bytes;
  const struct list *list;
  const struct look *look;
  /** A copy, to be written anew. */
  struct seen *seen;
  /** Those of the files of actions. */
  struct stamp *stamps;
  uint32_t files;
} Proof;

static Proof open_proof(const char *now_path) {
  Bytes look = contents(now_path, O_RDONLY, PROT_READ);
  Proof proof = {.list_bytes = contents(FOLDER "list", O_RDONLY, PROT_READ),
                 .seen_bytes = contents(FOLDER "stamps", O_RDONLY, PROT_READ),
                 .look = (const struct look *)look.at};
  const struct list *list = proof.list = (const struct list *)proof.list_bytes.at;
  struct seen *seen = proof.seen = room(proof.seen_bytes.size, 1);
  memcpy(seen, proof.seen_bytes.at, proof.seen_bytes.size);
  if (proof.list_bytes.size < sizeof *list || look.size < sizeof *proof.look) give_up();
  if (list->version != list_format || list->always > 0) give_up();
  if (proof.look->list != list->checksum || seen->list != list->checksum) give_up();
  if (look.size != sizeof *proof.look + proof.look->count * sizeof(uint32_t)) give_up();
  if (proof.seen_bytes.size != sizeof *seen + list->files * sizeof(struct stamp)) give_up();
  proof.stamps = seen->stamps + list->setup;
  proof.files = list->files - list->setup;
  return proof;
}

/** Whether a file of actions is as it was when the proof was made. */
static int is_as_proved(const Proof *proof, uint32_t file) {
  if (file >= proof->files) give_up();
  uint32_t place = proof->list->setup + file;
  const char *path = (const char *)proof->list + proof->list->starts[place];
  int flags = place >= proof->list->plain ? AT_SYMLINK_NOFOLLOW : 0;
  return same(look_at(path, flags), proof->stamps[file]);
}

/** What was lost can be made again where its folder is there. */
static void find_folder(const char *path) {
  char folder[4096];
  const char *slash = strrchr(path, '/');
  if (slash == NULL) return;
  size_t length = (size_t)(slash - path);
  if (length >= sizeof folder) give_up();
  memcpy(folder, path, length);
  folder[length] = 0;
  if (length > 0 && access(folder, W_OK) != 0) give_up();
}

/** What is not as it was left has to be made again; where its folder is gone, node makes that. */
static void find_lost(const Proof *proof, const Recipe *recipe) {
  for (uint32_t which = 0; which < recipe->steps_count; which++) {
    const Step *step = &recipe->steps[which];
    for (uint32_t one = 0; one < step->made_count; one++) {
      Made *made = &step->made[one];
      made->lost = !is_as_proved(proof, made->file);
      if (made->lost) find_folder(made->path);
    }
  }
}

static int is_changed(const Recipe *recipe, uint32_t file) {
  for (uint32_t one = 0; one < recipe->triggers_count; one++) {
    if (recipe->triggers[one].changed && recipe->triggers[one].file == file) return 1;
  }
  return 0;
}

/**
 * Gives up where something that the steps read became another, be it for a moment only: what was made
 * may be made of that. Of the sources it is known what they were before; a later stamp is seen.
 */
static void find_steady(const Proof *proof, const Recipe *recipe, const Step *last) {
  for (const Step *step = recipe->steps; step < last; step++) {
    for (uint32_t which = 0; step->ran && which < step->rests_count; which++) {
      uint32_t file = step->rests[which];
      if (!is_changed(recipe, file) && !is_as_proved(proof, file)) give_up();
    }
  }
  for (uint32_t place = proof->list->plain; place < proof->list->files; place++) {
    if (!is_as_proved(proof, place - proof->list->setup)) give_up();
  }
}

/** Waits until a later change of what was made is bound to show; gives up where one came before. */
static void settle(const Proof *proof, const Recipe *recipe, const Step *last) {
  int64_t newest_ns = 0;
  for (const Step *step = recipe->steps; step < last; step++) {
    for (uint32_t one = 0; one < step->made_count; one++) {
      int64_t changed_ns = proof->stamps[step->made[one].file].changed_ns;
      if (changed_ns > newest_ns) newest_ns = changed_ns;
    }
  }
  // Files get their times from this clock.
  for (int tries = 0; now_ns(CLOCK_REALTIME_COARSE) <= newest_ns; tries++) {
    if (tries == 100) give_up();
    nanosleep(&(struct timespec){0, 500000}, NULL);
  }
  for (const Step *step = recipe->steps; step < last; step++) {
    for (uint32_t one = 0; one < step->made_count; one++) {
      if (!is_as_proved(proof, step->made[one].file)) give_up();
    }
  }
}
