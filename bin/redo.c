// Does again what few actions did, without node: where of all that a build rests on only sources of
// one command changed, and nothing reads what that makes but copies of it. kaon leaves word of such
// commands (src/exec/leave-redo.ts has the format); which files changed, dist/look told just before.
//
//   redo BUILD
//
// 0: it is built, and told.  1: node is to find out, or to tell what is in BUILD/…/told.PARENT-PROCESS.
// 129, 130, 143: the user ended it.
//
// The log hears of it later, by the file `ahead` (src/exec/take-redone.ts).
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
#include "redo-action.h"
#include "redo-files.h"
#include "redo-run.h"

static const int64_t tick_ns = 20000000;

static int64_t now_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * second_ns + now.tv_nsec;
}

/** Whether all that changed is of this action, and a source of it is among that. */
static int concerns_all(Action *action, const struct look *look) {
  int some = 0;
  for (uint32_t which = 0; which < look->count; which++) {
    uint32_t file = look->files[which];
    int known = 0;
    for (uint32_t one = 0; one < action->triggers_count; one++) {
      if (action->triggers[one].file != file) continue;
      action->triggers[one].changed = known = some = 1;
    }
    for (uint32_t one = 0; one < action->made_count; one++) known |= action->made[one].file == file;
    for (uint32_t one = 0; one < action->copies_count; one++) known |= action->copies[one].file == file;
    if (!known) return 0;
  }
  return some;
}

/** Notes what a source is now. Where it may hold what it held, or may change unseen, node looks. */
static void examine(Trigger *trigger, struct stamp proved) {
  unsigned long long size, changed_ns, inode;
  unsigned sum;
  if (sscanf(trigger->known, "%llx %x %llx %llx", &size, &sum, &changed_ns, &inode) != 4) give_up();
  struct stamp known = {(int64_t)changed_ns, inode, (int64_t)size};
  if (!same(known, proved)) give_up();
  struct stamp now = trigger->stamp = look_at(trigger->path, 0);
  if (now.inode == 0 || now.changed_ns + tick_ns >= now_ns(CLOCK_REALTIME)) give_up();
  // A file system that knows no parts of a second.
  if (now.changed_ns % second_ns == 0) give_up();
  Bytes bytes = contents(trigger->path, O_RDONLY, PROT_READ);
  trigger->sum = checksum(bytes);
  if (bytes.size == size && trigger->sum == sum) give_up();
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

/** Tells the log, which reads it the next time: that an action was done, or which file that made another one. */
static void journal(FILE *ahead, const char *kind, const char *name, struct stamp stamp) {
  fprintf(ahead, "%s%c%s%c%lld %llu %lld%c", kind, 0, name, 0, (long long)stamp.changed_ns,
          (unsigned long long)stamp.inode, (long long)stamp.size, 0);
}

/** What node is to tell: how the command ended, how many copies were made, and what it said. */
static void leave_told(const Action *action, int status, int copied, int64_t took_ns, Bytes said) {
  char path[64];
  snprintf(path, sizeof path, FOLDER "told.%ld", (long)getppid());
  FILE *out = fopen(path, "w");
  if (out == NULL) give_up();
  int by_signal = WIFSIGNALED(status);
  fprintf(out, "%s %d %d %d %lld\n", action->id, by_signal,
          by_signal ? WTERMSIG(status) : WEXITSTATUS(status), copied, (long long)(took_ns / 1000000));
  fwrite(said.at, 1, said.size, out);
  if (fclose(out) != 0) unlink(path);
}

/** The depfile as it was, which is told of anew. */
static Bytes take_depfile(const char *path) {
  Bytes mapped = contents(path, O_RDONLY, PROT_READ);
  if (mapped.size == 0 || unlink(path) != 0) give_up();
  return mapped;
}

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

/** What stands in the file `redo` before the actions. */
typedef struct Told {
  const char *lock_name, *says_before, *says_after;
} Told;

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

static Told open_told(const Proof *proof) {
  Bytes told = contents(FOLDER "redo", O_RDWR, PROT_READ | PROT_WRITE);
  struct stat build;
  at = told.at;
  end = at + told.size;
  if (strcmp(text(), "KAONREDO2") != 0 || number() != proof->list->checksum) give_up();
  char place[64];
  if (stat(".", &build) != 0) give_up();
  snprintf(place, sizeof place, "%llu:%llu", (unsigned long long)build.st_dev,
           (unsigned long long)build.st_ino);
  if (strcmp(text(), place) != 0) give_up();
  Told found = {.lock_name = text()};
  found.says_before = text();
  found.says_after = text();
  return found;
}

/** The action that all changes are of. */
static Action find_action(const Proof *proof) {
  for (uint32_t left = number(); left > 0; left--) {
    int possible;
    Action action = take_action(&possible);
    if (!concerns_all(&action, proof->look)) continue;
    if (!possible) give_up();
    for (uint32_t one = 0; one < action.triggers_count; one++) {
      Trigger *trigger = &action.triggers[one];
      if (trigger->file >= proof->files) give_up();
      if (trigger->changed) examine(trigger, proof->stamps[trigger->file]);
    }
    return action;
  }
  exit(ask_node);
}

/** Takes the lock; another kaon may have come between. */
static void take_over(const Proof *proof, const char *lock_name) {
  lock(lock_name);
  Bytes still = contents(FOLDER "stamps", O_RDONLY, PROT_READ);
  if (still.size != proof->seen_bytes.size || memcmp(still.at, proof->seen, still.size) != 0) give_up();
  const char *log = (const char *)proof->list + proof->list->starts[proof->list->log];
  if (!same(look_at(log, 0), proof->seen->stamps[proof->list->log])) give_up();
}

/** A run of the command: how it ended, and what it said. */
typedef struct Run {
  int status;
  int64_t took_ns;
  Bytes said, depfile;
} Run;

static Run run_shown(const Action *action) {
  int output = memfd_create("output", MFD_CLOEXEC);
  if (output < 0 || fcntl(output, F_SETFL, O_APPEND) != 0) give_up();
  // A proof speaks of what was.
  unlink(FOLDER "stamps");
  Run run = {.depfile = take_depfile(action->depfile)};
  int64_t started_ns = now_ns(CLOCK_MONOTONIC);
  show(action->description);
  run.status = run_command(action, output);
  hide();
  run.took_ns = now_ns(CLOCK_MONOTONIC) - started_ns;
  run.said = said_in(output);
  return run;
}

static int leave_failure(const Proof *proof, const Action *action, const Run *run) {
  for (uint32_t one = 0; one < action->made_count; one++) unlink(action->made[one].path);
  unlink(action->depfile);
  if (interrupted) return 128 + interrupted;
  if (WIFEXITED(run->status) && WEXITSTATUS(run->status) == 127) return ask_node;
  // Nothing else became another: once the source is mended, this is the way again.
  replace(action->depfile, run->depfile.at, run->depfile.size);
  replace(FOLDER "stamps", proof->seen, proof->seen_bytes.size);
  leave_told(action, run->status, 0, run->took_ns, run->said);
  return ask_node;
}

/** Lines for readers that are no terminal, one for each that was done. */
typedef struct Lines {
  char text[8192];
  size_t length;
  int wanted;
} Lines;

static void add_line(Lines *lines, uint32_t number, uint32_t total, const char *description) {
  size_t left = sizeof lines->text - lines->length;
  if (!lines->wanted || left <= 1) return;
  size_t size = (size_t)snprintf(lines->text + lines->length, left, "[%u/%u] %s\n", number, total, description);
  lines->length += size < left ? size : left - 1;
}

/** Copies what is another now; how many that were. */
static int make_copies(const Action *action, Lines *lines) {
  int copied = 0;
  add_line(lines, 1, 1 + action->copies_count, action->description);
  for (uint32_t one = 0; one < action->copies_count; one++) {
    const Copy *copy = &action->copies[one];
    if (same_content(copy->from, copy->to)) continue;
    copy_file(copy->from, copy->to, copy->linked);
    copied++;
    add_line(lines, (uint32_t)(1 + copied), 1 + action->copies_count, copy->description);
  }
  return copied;
}

/** The stamp of what was made, for the proof and the log. */
static struct stamp note_made(const Proof *proof, FILE *ahead, uint32_t file, const char *path) {
  if (file >= proof->files) give_up();
  struct stamp now = proof->stamps[file] = look_at(path, 0);
  if (now.inode == 0) give_up();
  journal(ahead, "file", path, now);
  return now;
}

/** Tells proof and log what the files are now. */
static void note_all(const Proof *proof, const Action *action, FILE *ahead) {
  for (uint32_t one = 0; one < action->triggers_count; one++) {
    Trigger *trigger = &action->triggers[one];
    if (!trigger->changed) continue;
    char known[64];
    struct stamp stamp = trigger->stamp;
    int size = snprintf(known, sizeof known, "%016llx %08x %016llx %016llx", (unsigned long long)stamp.size,
                        trigger->sum, (unsigned long long)stamp.changed_ns, (unsigned long long)stamp.inode);
    if ((size_t)size != strlen(trigger->known)) give_up();
    memcpy(trigger->known, known, (size_t)size);
    // As it was before the command: what came to it since is seen.
    proof->stamps[trigger->file] = stamp;
    journal(ahead, "file", trigger->path, stamp);
  }
  for (uint32_t one = 0; one < action->made_count; one++) {
    note_made(proof, ahead, action->made[one].file, action->made[one].path);
  }
  for (uint32_t one = 0; one < action->copies_count; one++) {
    struct stamp now = note_made(proof, ahead, action->copies[one].file, action->copies[one].to);
    journal(ahead, "done", action->copies[one].key, now);
  }
  journal(ahead, "done", action->key, (struct stamp){0, 0, 0});
  if (fclose(ahead) != 0) give_up();
  replace(FOLDER "stamps", proof->seen, proof->seen_bytes.size);
}

int main(int count, char **words) {
  int64_t started_ns = now_ns(CLOCK_MONOTONIC);
  // Who ends kaon ends the shell that started us.
  pid_t parent = getppid();
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) return ask_node;
  if (count != 2 || chdir(words[1]) != 0 || access(FOLDER "redo", R_OK) != 0) return ask_node;
  char now_path[64];
  snprintf(now_path, sizeof now_path, FOLDER "now.%ld", (long)parent);
  Proof proof = open_proof(now_path);
  Told told = open_told(&proof);
  Action action = find_action(&proof);
  take_over(&proof, told.lock_name);
  FILE *ahead = fopen(FOLDER "ahead", "ae");
  if (ahead == NULL) return ask_node;
  Run run = run_shown(&action);
  if (run.status != 0 || interrupted) return leave_failure(&proof, &action, &run);
  Bytes reads = contents(action.depfile, O_RDONLY, PROT_READ);
  // What reads other files than before, node has to look at.
  if (reads.size != run.depfile.size || memcmp(reads.at, run.depfile.at, reads.size) != 0) return ask_node;
  Lines lines = {.wanted = run.said.size == 0 && !is_live};
  int copied = make_copies(&action, &lines);
  note_all(&proof, &action, ahead);
  if (run.said.size > 0) {
    leave_told(&action, run.status, copied, run.took_ns, run.said);
    return ask_node;
  }
  unlink(now_path);
  fwrite(lines.text, 1, lines.length, stdout);
  double seconds = (double)(now_ns(CLOCK_MONOTONIC) - started_ns) / 1e9;
  printf("%sbuilt, %d %s in %.1f s%s\n", told.says_before, 1 + copied,
         copied == 0 ? "action" : "actions", seconds, told.says_after);
  return fflush(stdout) == 0 ? done : ask_node;
}
#endif
