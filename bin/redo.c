// Does again what few actions did, without node: where of all that a build rests on only sources of
// one command changed, and nothing reads what that makes but copies of it. kaon leaves word of such
// commands (src/exec/leave-redo.ts has the format); which files changed, dist/look told just before.
//
//   redo BUILD
//
// 0: it is built, and told.  1: node is to find out, or to tell what is in BUILD/…/told.PARENT-PROCESS.
// More than 128: a signal ended it.
//
// The log hears of it later, by the file `ahead` (src/exec/take-redone.ts).
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
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

enum { done = 0, ask_node = 1 };
static const int64_t tick_ns = 20000000, second_ns = 1000000000;

typedef struct Bytes {
  char *at;
  size_t size;
} Bytes;

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

static char *at, *end;
static volatile sig_atomic_t interrupted;
static pid_t process;

static void give_up(void) { exit(ask_node); }

static void *room(size_t count, size_t size) {
  void *made = calloc(count + 1, size);
  if (made == NULL) give_up();
  return made;
}

static Bytes contents(const char *path, int flags, int protection) {
  struct stat about;
  int file = open(path, flags | O_CLOEXEC);
  if (file < 0 || fstat(file, &about) != 0) give_up();
  Bytes bytes = {NULL, (size_t)about.st_size};
  if (bytes.size > 0) {
    int kind = protection & PROT_WRITE ? MAP_SHARED : MAP_PRIVATE;
    bytes.at = mmap(NULL, bytes.size, protection, kind, file, 0);
    if (bytes.at == MAP_FAILED) give_up();
  }
  close(file);
  return bytes;
}

static struct stamp look_at(const char *path) {
  struct stat about;
  struct stamp stamp = {0, 0, 0};
  if (stat(path, &about) != 0) return stamp;
  stamp.changed_ns = (int64_t)about.st_ctim.tv_sec * second_ns + about.st_ctim.tv_nsec;
  stamp.inode = about.st_ino;
  stamp.size = about.st_size;
  return stamp;
}

static int same(struct stamp a, struct stamp b) {
  return a.changed_ns == b.changed_ns && a.inode == b.inode && a.size == b.size;
}

static int64_t now_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * second_ns + now.tv_nsec;
}

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

/** `NAME=value`, or `NAME` for one that is not set. */
static int holds(const char *variable) {
  char name[256];
  size_t length = strcspn(variable, "=");
  if (length >= sizeof name) return 0;
  memcpy(name, variable, length);
  name[length] = 0;
  const char *value = getenv(name);
  return variable[length] == 0 ? value == NULL
                               : value != NULL && strcmp(value, variable + length + 1) == 0;
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

static uint32_t checksum(Bytes bytes) {
  uint32_t sum = 2166136261u;
  for (size_t which = 0; which < bytes.size; which++) {
    sum = (sum ^ (unsigned char)bytes.at[which]) * 16777619u;
  }
  return sum;
}

/** Notes what a source is now. Where it may hold what it held, or may change unseen, node looks. */
static void examine(Trigger *trigger, struct stamp proved) {
  unsigned long long size, changed_ns, inode;
  unsigned sum;
  if (sscanf(trigger->known, "%llx %x %llx %llx", &size, &sum, &changed_ns, &inode) != 4) give_up();
  struct stamp known = {(int64_t)changed_ns, inode, (int64_t)size};
  if (!same(known, proved)) give_up();
  struct stamp now = trigger->stamp = look_at(trigger->path);
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

/** The environment with the changes that a command wants. */
static char **environment(const Action *action) {
  size_t size = 0;
  while (environ[size] != NULL) size++;
  char **made = room(size + action->changes_count, sizeof *made);
  size_t kept = 0;
  for (size_t which = 0; which < size; which++) {
    size_t length = strcspn(environ[which], "=");
    int stays = 1;
    for (uint32_t change = 0; change < action->changes_count && stays; change++) {
      const char *name = action->changes[change] + 1;
      stays = strncmp(name, environ[which], length) != 0 || (name[length] != 0 && name[length] != '=');
    }
    if (stays) made[kept++] = environ[which];
  }
  for (uint32_t change = 0; change < action->changes_count; change++) {
    if (action->changes[change][0] == '+') made[kept++] = action->changes[change] + 1;
  }
  return made;
}

static void on_signal(int signal) {
  interrupted = signal;
  if (process > 0) kill(-process, signal);
}

/** Runs the command in a group of its own; its status. */
static int run(const Action *action, int output) {
  int none = open("/dev/null", O_RDONLY | O_CLOEXEC);
  char **variables = environment(action);
  pid_t parent = getpid();
  struct sigaction on_end = {.sa_handler = on_signal};
  for (int which = 0; which < 3; which++) {
    sigaction((int[]){SIGINT, SIGTERM, SIGHUP}[which], &on_end, NULL);
  }
  process = fork();
  if (process == 0) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    for (int which = 0; which < 3; which++) signal((int[]){SIGINT, SIGTERM, SIGHUP}[which], SIG_DFL);
    if (dup2(none, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0) _exit(127);
    if (chdir(action->folder) != 0) _exit(127);
    execve(action->words[0], action->words, variables);
    _exit(127);
  }
  if (process < 0) return -1;
  setpgid(process, process);
  int status;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return status;
}

static int same_content(const char *one, const char *other) {
  struct stat about[2];
  if (stat(one, &about[0]) != 0 || stat(other, &about[1]) != 0) return 0;
  if (about[0].st_size != about[1].st_size || about[0].st_mode != about[1].st_mode) return 0;
  Bytes a = contents(one, O_RDONLY, PROT_READ), b = contents(other, O_RDONLY, PROT_READ);
  return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

/** As kaon copies: with the permissions and the time of the original. */
static void copy_file(const char *from, const char *to) {
  struct stat about;
  int in = open(from, O_RDONLY | O_CLOEXEC);
  if (in < 0 || fstat(in, &about) != 0 || (unlink(to) != 0 && errno != ENOENT)) give_up();
  int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, about.st_mode & 0777);
  if (out < 0) give_up();
  for (off_t left = about.st_size; left > 0;) {
    ssize_t count = copy_file_range(in, NULL, out, NULL, (size_t)left, 0);
    if (count <= 0) give_up();
    left -= count;
  }
  struct timespec times[2] = {about.st_mtim, about.st_mtim};
  if (fchmod(out, about.st_mode & 07777) != 0 || futimens(out, times) != 0) give_up();
  close(in);
  if (close(out) != 0) give_up();
}

/** Tells the log, which reads it the next time: that an action was done, or which file that made another one. */
static void journal(FILE *ahead, const char *kind, const char *name, struct stamp stamp) {
  fprintf(ahead, "%s%c%s%c%lld %llu %lld%c", kind, 0, name, 0, (long long)stamp.changed_ns,
          (unsigned long long)stamp.inode, (long long)stamp.size, 0);
}

/** Writes beside the file and renames over it. */
static void replace(const char *path, const void *bytes, size_t size) {
  char beside[64];
  snprintf(beside, sizeof beside, FOLDER ".redo.%ld", (long)getpid());
  int file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) give_up();
  if (write(file, bytes, size) != (ssize_t)size || close(file) != 0 || rename(beside, path) != 0) {
    unlink(beside);
    give_up();
  }
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

static Bytes said_in(int output) {
  struct stat about;
  if (fstat(output, &about) != 0) give_up();
  Bytes bytes = {room((size_t)about.st_size, 1), (size_t)about.st_size};
  if (pread(output, bytes.at, bytes.size, 0) != about.st_size) give_up();
  return bytes;
}

/** The depfile as it was, which is told of anew. */
static Bytes take_depfile(const char *path) {
  Bytes mapped = contents(path, O_RDONLY, PROT_READ);
  if (mapped.size == 0 || unlink(path) != 0) give_up();
  return mapped;
}

/** A terminal shows what runs while it runs; other readers get a line when it is done. */
static int is_live;

static void show(const char *line) {
  struct winsize size;
  const char *kind = getenv("TERM");
  is_live = isatty(1) && (kind == NULL || strcmp(kind, "dumb") != 0);
  if (!is_live) return;
  size_t most = ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1u : 79;
  for (size_t which = 0; which < most && line[which] >= ' ' && line[which] <= '~'; which++) {
    putchar(line[which]);
  }
  fflush(stdout);
}

static void hide(void) {
  if (!is_live) return;
  fputs("\r\033[K", stdout);
  fflush(stdout);
}

int main(int count, char **words) {
  int64_t started_ns = now_ns(CLOCK_MONOTONIC);
  // Who ends kaon ends the shell that started us.
  pid_t parent = getppid();
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) return ask_node;
  if (count != 2 || chdir(words[1]) != 0 || access(FOLDER "redo", R_OK) != 0) return ask_node;
  char now_path[64];
  snprintf(now_path, sizeof now_path, FOLDER "now.%ld", (long)getppid());
  Bytes told = contents(FOLDER "redo", O_RDWR, PROT_READ | PROT_WRITE);
  Bytes list_bytes = contents(FOLDER "list", O_RDONLY, PROT_READ);
  Bytes seen_bytes = contents(FOLDER "stamps", O_RDONLY, PROT_READ);
  Bytes look_bytes = contents(now_path, O_RDONLY, PROT_READ);
  const struct list *list = (const struct list *)list_bytes.at;
  const struct look *look = (const struct look *)look_bytes.at;
  struct seen *seen = room(seen_bytes.size, 1);
  if (list_bytes.size < sizeof *list || look_bytes.size < sizeof *look || told.size == 0) return ask_node;
  memcpy(seen, seen_bytes.at, seen_bytes.size);
  if (list->version != list_format || list->always > 0 || look->list != list->checksum) return ask_node;
  if (look_bytes.size != sizeof *look + look->count * sizeof(uint32_t)) return ask_node;
  if (seen_bytes.size != sizeof *seen + list->files * sizeof(struct stamp)) return ask_node;
  if (seen->list != list->checksum) return ask_node;
  at = told.at;
  end = at + told.size;
  struct stat build;
  if (strcmp(text(), "KAONREDO1") != 0 || number() != list->checksum || stat(".", &build) != 0) return ask_node;
  char place[64];
  snprintf(place, sizeof place, "%llu:%llu", (unsigned long long)build.st_dev, (unsigned long long)build.st_ino);
  if (strcmp(text(), place) != 0) return ask_node;
  const char *lock_name = text(), *says_before = text(), *says_after = text();
  Action action;
  int found = 0;
  for (uint32_t left = number(); left > 0 && !found; left--) {
    int possible;
    action = take_action(&possible);
    found = concerns_all(&action, look);
    if (found && !possible) return ask_node;
  }
  if (!found) return ask_node;
  struct stamp *stamps = seen->stamps + list->setup;
  uint32_t files = list->files - list->setup;
  for (uint32_t one = 0; one < action.triggers_count; one++) {
    if (action.triggers[one].file >= files) return ask_node;
    if (action.triggers[one].changed) examine(&action.triggers[one], stamps[action.triggers[one].file]);
  }
  lock(lock_name);
  // Another kaon may have come between.
  Bytes still = contents(FOLDER "stamps", O_RDONLY, PROT_READ);
  if (still.size != seen_bytes.size || memcmp(still.at, seen, still.size) != 0) return ask_node;
  const char *log_path = (const char *)list + list->starts[list->log];
  if (!same(look_at(log_path), seen->stamps[list->log])) return ask_node;
  FILE *ahead = fopen(FOLDER "ahead", "ae");
  int output = memfd_create("output", MFD_CLOEXEC);
  if (ahead == NULL || output < 0 || fcntl(output, F_SETFL, O_APPEND) != 0) return ask_node;
  unlink(FOLDER "stamps");
  Bytes depfile = take_depfile(action.depfile);
  int64_t run_ns = now_ns(CLOCK_MONOTONIC);
  show(action.description);
  int status = run(&action, output);
  hide();
  int64_t took_ns = now_ns(CLOCK_MONOTONIC) - run_ns;
  Bytes said = said_in(output);
  if (status != 0 || interrupted) {
    for (uint32_t one = 0; one < action.made_count; one++) unlink(action.made[one].path);
    unlink(action.depfile);
    if (interrupted) return 128 + interrupted;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127) return ask_node;
    // Nothing else became another: once the source is mended, this is the way again.
    replace(action.depfile, depfile.at, depfile.size);
    replace(FOLDER "stamps", seen, seen_bytes.size);
    leave_told(&action, status, 0, took_ns, said);
    return ask_node;
  }
  Bytes reads = contents(action.depfile, O_RDONLY, PROT_READ);
  if (reads.size != depfile.size || memcmp(reads.at, depfile.at, reads.size) != 0) return ask_node;
  uint32_t total = 1 + action.copies_count;
  int copied = 0;
  char lines[8192];
  size_t length = 0;
  if (said.size == 0 && !is_live) {
    length += (size_t)snprintf(lines, sizeof lines, "[1/%u] %s\n", total, action.description);
  }
  for (uint32_t one = 0; one < action.copies_count; one++) {
    const Copy *copy = &action.copies[one];
    if (same_content(copy->from, copy->to)) continue;
    copy_file(copy->from, copy->to);
    copied++;
    if (said.size == 0 && !is_live && length < sizeof lines) {
      length += (size_t)snprintf(lines + length, sizeof lines - length, "[%d/%u] %s\n", 1 + copied,
                                 total, copy->description);
    }
  }
  for (uint32_t one = 0; one < action.triggers_count; one++) {
    Trigger *trigger = &action.triggers[one];
    if (!trigger->changed) continue;
    char known[64];
    int size = snprintf(known, sizeof known, "%016llx %08x %016llx %016llx",
                        (unsigned long long)trigger->stamp.size, trigger->sum,
                        (unsigned long long)trigger->stamp.changed_ns,
                        (unsigned long long)trigger->stamp.inode);
    if ((size_t)size != strlen(trigger->known)) return ask_node;
    memcpy(trigger->known, known, (size_t)size);
    // As it was before the command: what came to it since is seen.
    stamps[trigger->file] = trigger->stamp;
    journal(ahead, "file", trigger->path, trigger->stamp);
  }
  for (uint32_t one = 0; one < action.made_count; one++) {
    if (action.made[one].file >= files) return ask_node;
    struct stamp now = stamps[action.made[one].file] = look_at(action.made[one].path);
    if (now.inode == 0) return ask_node;
    journal(ahead, "file", action.made[one].path, now);
  }
  for (uint32_t one = 0; one < action.copies_count; one++) {
    if (action.copies[one].file >= files) return ask_node;
    struct stamp now = stamps[action.copies[one].file] = look_at(action.copies[one].to);
    journal(ahead, "file", action.copies[one].to, now);
    journal(ahead, "done", action.copies[one].key, now);
  }
  journal(ahead, "done", action.key, (struct stamp){0, 0, 0});
  if (fclose(ahead) != 0) return ask_node;
  replace(FOLDER "stamps", seen, seen_bytes.size);
  if (said.size > 0) {
    leave_told(&action, status, copied, took_ns, said);
    return ask_node;
  }
  unlink(now_path);
  double seconds = (double)(now_ns(CLOCK_MONOTONIC) - started_ns) / 1e9;
  if (length >= sizeof lines) length = sizeof lines - 1;
  fwrite(lines, 1, length, stdout);
  printf("%sbuilt, %d %s in %.1f s%s\n", says_before, 1 + copied, copied == 0 ? "action" : "actions",
         seconds, says_after);
  return fflush(stdout) == 0 ? done : ask_node;
}
#endif
