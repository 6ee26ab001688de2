// Does again what few actions did, without node: where of all that a build rests on only sources of
// one command changed, and what is behind that are a few commands and copies. kaon leaves word of such
// (src/exec/redo/leave-redo.ts has the format); which files changed, dist/look told just before.
//
//   redo BUILD [compile]
//
// With `compile` it says what `kaon compile` does.
//
// 0: it is built, and told.  1: node is to find out, or to tell what is in BUILD/…/told.PARENT-PROCESS.
// 129, 130, 143: the user ended it.
//
// The log hears of it later, by the file `ahead` (src/exec/redo/take-redone.ts).
#define _GNU_SOURCE
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef __linux__
int main(void) { return 1; }
#else
#include <sys/prctl.h>

#include "proof.h"
#include "redo-recipe.h"
#include "redo-files.h"
#include "redo-proof.h"
#include "redo-run.h"
#include "redo-says.h"
#include "redo-steps.h"

static const int64_t tick_ns = 20000000;
/** The file `redo` begins with its name and the checksum of the rest. */
enum { checksum_digits = 8, checked_from = sizeof "KAONREDO4" + checksum_digits + 1 };

/** Whether all that changed is of this recipe, and a source of it is among that. */
static int concerns_all(Recipe *recipe, const struct look *look) {
  int some = 0;
  for (uint32_t which = 0; which < look->count; which++) {
    uint32_t file = look->files[which];
    int known = 0;
    for (uint32_t one = 0; one < recipe->triggers_count; one++) {
      if (recipe->triggers[one].file != file) continue;
      recipe->triggers[one].changed = known = some = 1;
    }
    for (uint32_t one = 0; one < recipe->steps_count; one++) {
      const Step *step = &recipe->steps[one];
      for (uint32_t made = 0; made < step->made_count; made++) known |= step->made[made].file == file;
    }
    if (!known) return 0;
  }
  return some;
}

/** What is said of a file once a later change is bound to change that; of one that was just edited, it soon is. */
static struct stamp settled(const char *path) {
  struct stamp stamp = look_at(path, 0);
  int64_t left_ns = stamp.changed_ns + tick_ns - now_ns(CLOCK_REALTIME);
  if (stamp.inode == 0 || left_ns >= tick_ns) give_up();
  if (left_ns < 0) return stamp;
  struct timespec pause = {0, (long)left_ns + 1};
  nanosleep(&pause, NULL);
  if (!same(stamp, look_at(path, 0))) give_up();
  return stamp;
}

/**
 * Notes what a source is now. Where it holds what it held once, the cache may have what was made of
 * that, which node knows; and node looks where a source may change unseen.
 */
static void examine(Trigger *trigger, struct stamp proved) {
  unsigned long long size, changed_ns, inode;
  char hash[hash_digits + 1];
  if (sscanf(trigger->known, "%llx %64s %llx %llx", &size, hash, &changed_ns, &inode) != 4) give_up();
  struct stamp known = {(int64_t)changed_ns, inode, (int64_t)size};
  if (!same(known, proved)) give_up();
  struct stamp now = trigger->stamp = settled(trigger->path);
  // A file system that knows no parts of a second.
  if (now.changed_ns % second_ns == 0) give_up();
  Bytes bytes = contents(trigger->path, O_RDONLY, PROT_READ);
  hash_of(bytes.at, bytes.size, trigger->hash);
  if (strcmp(trigger->hash, hash) == 0) give_up();
  for (uint32_t which = 0; which < trigger->earlier_count; which++) {
    if (strcmp(trigger->hash, trigger->earlier[which]) == 0) give_up();
  }
}

/** The lock of the build directory, as src/host/node/lock-folder.ts takes it; freed when we end. */
static void lock(const char *name) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  size_t length = strlen(name);
  if (length == 0 || length + 1 > sizeof address.sun_path) give_up();
  memcpy(address.sun_path + 1, name, length);
  int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + length);
  if (made < 0 || bind(made, (struct sockaddr *)&address, size) != 0) give_up();
  if (listen(made, 16) != 0) give_up();
}

/** FNV-1a, as src/store/no-op/no-op-proof.ts has it. */
static void checksum_of(const char *bytes, size_t size, char *digits) {
  uint32_t sum = 2166136261u;
  for (size_t which = 0; which < size; which++) sum = (sum ^ (unsigned char)bytes[which]) * 16777619u;
  snprintf(digits, checksum_digits + 1, "%08x", sum);
}

/** "ctime inode size". */
static const char *stamp_text(struct stamp stamp) {
  static char told[96];
  snprintf(told, sizeof told, "%lld %llu %lld", (long long)stamp.changed_ns,
           (unsigned long long)stamp.inode, (long long)stamp.size);
  return told;
}

/** Tells the log, which reads it the next time: that an action was done or is to be done, or which file that made another one. */
static void journal(FILE *ahead, const char *kind, const char *name, struct stamp stamp) {
  fprintf(ahead, "%s%c%s%c%s%c", kind, 0, name, 0, stamp_text(stamp), 0);
}

static size_t size_of_ahead(void) { return (size_t)look_at(FOLDER "ahead", 0).size; }

/** Adds to the file `ahead` all that was told, or nothing that is believed. */
static void publish(FILE *ahead, const Bytes *told) {
  char digits[checksum_digits + 1];
  if (fflush(ahead) != 0) give_up();
  checksum_of(told->at, told->size, digits);
  fprintf(ahead, "sum%c%s%c%c", 0, digits, 0, 0);
  if (fclose(ahead) != 0) give_up();
  int file = open(FOLDER "ahead", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0 || write(file, told->at, told->size) != (ssize_t)told->size || close(file) != 0) give_up();
}

/** What stands in the file `redo` before the actions. */
typedef struct Told {
  Bytes bytes;
  /** How much stands in the file `ahead`. */
  char *ahead_size;
  const char *lock_name;
  Says says;
} Told;

/** Whether the next text is this stamp: of the graph and of who reads what, which recipes were made from. */
static void expect(struct stamp stamp) {
  if (strcmp(text(), stamp_text(stamp)) != 0) give_up();
}

static Told open_told(const Proof *proof) {
  Bytes told = contents(FOLDER "redo", O_RDWR, PROT_READ | PROT_WRITE);
  struct stat build;
  char digits[checksum_digits + 1];
  at = told.at;
  end = at + told.size;
  if (told.size < checked_from || strcmp(text(), "KAONREDO4") != 0) give_up();
  checksum_of(told.at + checked_from, told.size - checked_from, digits);
  if (strcmp(text(), digits) != 0 || number() != proof->list->checksum) give_up();
  expect(proof->seen->stamps[proof->list->graph]);
  expect(proof->seen->stamps[0]);
  // Of interest to kaon only: which programs, which sources.
  for (uint32_t list = 0, left; list < 2; list++) texts(&left);
  char place[64];
  if (stat(".", &build) != 0) give_up();
  snprintf(place, sizeof place, "%llu:%llu", (unsigned long long)build.st_dev,
           (unsigned long long)build.st_ino);
  if (strcmp(text(), place) != 0) give_up();
  Told found = {.bytes = told, .lock_name = text()};
  found.ahead_size = text();
  found.says.before = text();
  found.says.after = text();
  return found;
}

/** The one that all changes are of. */
static Recipe find_recipe(const Proof *proof) {
  for (uint32_t left = number(); left > 0; left--) {
    Recipe recipe = take_recipe();
    if (!concerns_all(&recipe, proof->look)) continue;
    if (!recipe.possible) give_up();
    for (uint32_t one = 0; one < recipe.triggers_count; one++) {
      Trigger *trigger = &recipe.triggers[one];
      if (trigger->file >= proof->files) give_up();
      if (trigger->changed) examine(trigger, proof->stamps[trigger->file]);
    }
    return recipe;
  }
  exit(ask_node);
}

/** Takes the lock; another kaon may have come between. */
static void take_over(const Proof *proof, const Told *told) {
  lock(told->lock_name);
  if (strtoull(told->ahead_size, NULL, 16) != size_of_ahead()) give_up();
  Bytes still = contents(FOLDER "stamps", O_RDONLY, PROT_READ);
  if (still.size != proof->seen_bytes.size || memcmp(still.at, proof->seen, still.size) != 0) give_up();
  const char *log = (const char *)proof->list + proof->list->starts[proof->list->log];
  if (!same(look_at(log, 0), proof->seen->stamps[proof->list->log])) give_up();
  const char *graph = (const char *)proof->list + proof->list->starts[proof->list->graph];
  if (!same(look_at(graph, 0), proof->seen->stamps[proof->list->graph])) give_up();
}

/** The stamp of what was made, for the proof and the log. */
static struct stamp note_made(const Proof *proof, FILE *ahead, uint32_t file, const char *path) {
  if (file >= proof->files) give_up();
  struct stamp now = proof->stamps[file] = look_at(path, 0);
  if (now.inode == 0) give_up();
  journal(ahead, "file", path, now);
  return now;
}

/** Tells proof and log what the sources were when the first step began. */
static void note_sources(const Proof *proof, const Recipe *recipe, FILE *ahead) {
  for (uint32_t one = 0; one < recipe->triggers_count; one++) {
    const Trigger *trigger = &recipe->triggers[one];
    if (!trigger->changed) continue;
    // What came to it since is seen.
    proof->stamps[trigger->file] = trigger->stamp;
    journal(ahead, "file", trigger->path, trigger->stamp);
    // It stayed so all the time, and may be another before anybody reads this.
    if (!same(trigger->stamp, look_at(trigger->path, 0))) continue;
    fprintf(ahead, "held%c%s%c%s%c", 0, trigger->path, 0, trigger->hash, 0);
  }
}

/** The sources that are known from now on: written in the file `redo` itself. */
static void know_sources(const Recipe *recipe, const Told *told) {
  for (uint32_t one = 0; one < recipe->triggers_count; one++) {
    const Trigger *trigger = &recipe->triggers[one];
    if (!trigger->changed) continue;
    char known[160];
    struct stamp stamp = trigger->stamp;
    int size = snprintf(known, sizeof known, "%016llx %s %016llx %016llx", (unsigned long long)stamp.size,
                        trigger->hash, (unsigned long long)stamp.changed_ns, (unsigned long long)stamp.inode);
    if ((size_t)size != strlen(trigger->known)) give_up();
    memcpy(trigger->known, known, (size_t)size);
  }
  char size[17], digits[checksum_digits + 1];
  snprintf(size, sizeof size, "%016zx", size_of_ahead());
  if (strlen(told->ahead_size) != strlen(size)) give_up();
  memcpy(told->ahead_size, size, strlen(size));
  checksum_of(told->bytes.at + checked_from, told->bytes.size - checked_from, digits);
  memcpy(told->bytes.at + sizeof "KAONREDO4", digits, checksum_digits);
}

/** Tells proof and log of the steps before `last`. */
static void note_steps(const Proof *proof, const Recipe *recipe, const Step *last, FILE *ahead) {
  find_steady(proof, recipe, last);
  for (const Step *step = recipe->steps; step < last; step++) {
    // A copy that holds what it held may be another file for all that: a link follows its original.
    struct stamp now = {0, 0, 0};
    if (!step->ran && !step->copies) continue;
    for (uint32_t one = 0; one < step->made_count; one++) {
      now = note_made(proof, ahead, step->made[one].file, step->made[one].path);
    }
    journal(ahead, "done", step->key, now);
  }
  settle(proof, recipe, last);
}

/** What an earlier run did of the steps from here on is not made of what this one made. */
static void note_undone(const Recipe *recipe, const Step *first, FILE *ahead) {
  for (const Step *step = first; step < recipe->steps + recipe->steps_count; step++) {
    journal(ahead, "undone", step->key, (struct stamp){0, 0, 0});
  }
}

/** What node is to tell: what was done or failed, and what that said. */
static void leave_told(const Proof *proof, const Recipe *recipe, int64_t took_ns) {
  char path[64];
  snprintf(path, sizeof path, FOLDER "told.%ld", (long)getppid());
  FILE *out = fopen(path, "w");
  if (out == NULL) give_up();
  const char *graph = stamp_text(proof->seen->stamps[proof->list->graph]);
  fprintf(out, "%s %lld\n", graph, (long long)(took_ns / 1000000));
  for (uint32_t which = 0; which < recipe->steps_count; which++) {
    const Step *step = &recipe->steps[which];
    if (!step->ran) continue;
    int by_signal = WIFSIGNALED(step->status);
    fprintf(out, "%s %d %d %lld %zu\n", step->id, by_signal,
            by_signal ? WTERMSIG(step->status) : WEXITSTATUS(step->status),
            (long long)(step->took_ns / 1000000), step->said.size);
    fwrite(step->said.at, 1, step->said.size, out);
  }
  if (fclose(out) != 0) unlink(path);
}

/** What is lost of a recipe when one of its steps failed or was interrupted. */
static int leave_failure(const Proof *proof, const Recipe *recipe, const Step *step, FILE *ahead,
                         const Bytes *told) {
  for (uint32_t one = 0; one < step->made_count; one++) unlink(step->made[one].path);
  if (step->command.depfile[0] != 0) unlink(step->command.depfile);
  if (interrupted) return 128 + interrupted;
  if (WIFEXITED(step->status) && WEXITSTATUS(step->status) == cannot_run) return ask_node;
  if (step == recipe->steps) {
    // Nothing became another: once the source is mended, this is the way again.
    if (step->command.depfile[0] != 0) {
      replace(step->command.depfile, step->depfile.at, step->depfile.size);
    }
    replace(FOLDER "stamps", proof->seen, proof->seen_bytes.size);
  } else {
    note_sources(proof, recipe, ahead);
    note_steps(proof, recipe, step, ahead);
    note_undone(recipe, step, ahead);
    publish(ahead, told);
  }
  leave_told(proof, recipe, step->took_ns);
  return ask_node;
}

/** Tells the log of a step that is done and read other files: node looks at these, and goes on from there. */
static int hand_over(const Proof *proof, const Recipe *recipe, const Step *step, FILE *ahead,
                     const Bytes *told) {
  // Nobody would tell what it said.
  if (step != recipe->steps || step->said.size > 0) give_up();
  note_sources(proof, recipe, ahead);
  note_steps(proof, recipe, step + 1, ahead);
  note_undone(recipe, step + 1, ahead);
  journal(ahead, "reads", step->key, (struct stamp){step->started_ns, 0, 0});
  publish(ahead, told);
  return ask_node;
}

/** Where nobody gave us an input or output, no file of ours may take its place. */
static void open_standard_files(void) {
  int file;
  do file = open("/dev/null", O_RDWR);
  while (file >= 0 && file <= 2);
  if (file > 2) close(file);
}

int main(int count, char **words) {
  open_standard_files();
  int64_t started_ns = now_ns(CLOCK_MONOTONIC);
  // Who ends kaon ends the shell that started us.
  pid_t parent = getppid();
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) return ask_node;
  if (count < 2 || chdir(words[1]) != 0 || access(FOLDER "redo", R_OK) != 0) return ask_node;
  char now_path[64];
  snprintf(now_path, sizeof now_path, FOLDER "now.%ld", (long)parent);
  Proof proof = open_proof(now_path);
  Told told = open_told(&proof);
  Recipe recipe = find_recipe(&proof);
  take_over(&proof, &told);
  find_lost(&proof, &recipe);
  Bytes journaled;
  FILE *ahead = open_memstream(&journaled.at, &journaled.size);
  if (ahead == NULL) return ask_node;
  // A proof speaks of what was.
  unlink(FOLDER "stamps");
  int ran = 0, said = 0;
  Step *last = recipe.steps + recipe.steps_count;
  for (Step *step = recipe.steps; step < last; step++) {
    if (!is_due(&recipe, step)) continue;
    if (step->copies) make_copy(step);
    else if (!run_shown(step)) return leave_failure(&proof, &recipe, step, ahead, &journaled);
    if (step->reads_others) return hand_over(&proof, &recipe, step, ahead, &journaled);
    ran += step->ran;
    said |= step->said.size > 0;
  }
  note_sources(&proof, &recipe, ahead);
  note_steps(&proof, &recipe, last, ahead);
  publish(ahead, &journaled);
  know_sources(&recipe, &told);
  replace(FOLDER "stamps", proof.seen, proof.seen_bytes.size);
  int64_t took_ns = now_ns(CLOCK_MONOTONIC) - started_ns;
  if (said) {
    leave_told(&proof, &recipe, took_ns);
    return ask_node;
  }
  unlink(now_path);
  if (!is_live) print_lines(&recipe);
  print_end(&told.says, count > 2, ran, took_ns);
  return fflush(stdout) == 0 ? done : ask_node;
}
#endif
