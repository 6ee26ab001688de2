// The launcher's eye: compares what `stat` says of all files that a build rests on with what kaon
// recorded (src/store/no-op/no-op-proof.ts has the formats). `npm run build` compiles it where there is a
// C compiler; without it the launcher asks `find`.
//
//   look BUILD PROGRAM [SAYS]
//
// 0: all is as it was, and what runs each time said what it said; it has said so.
// 3: little changed; what, is in BUILD/…/now.PARENT-PROCESS.
// 1: node is to find out.
#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proof.h"

enum { ask_node = 1, few_changes = 3 };

extern char **environ;

static const void *map(const char *path, size_t *size) {
  struct stat about;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0 || fstat(file, &about) != 0 || about.st_size == 0) exit(ask_node);
  *size = (size_t)about.st_size;
  void *bytes = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, file, 0);
  if (bytes == MAP_FAILED) exit(ask_node);
  close(file);
  return bytes;
}

/** Whether the list is whole and speaks of this directory, this kaon and these variables. */
static const char *check(const struct list *list, size_t size, const char *program) {
  if (size < sizeof *list || size % 4 != 0 || memcmp(list->magic, "KAONLIST", 8) != 0) return NULL;
  if (list->version != list_format || list->files > size / 4) return NULL;
  size_t words = size / 4, strings = sizeof *list + 4 * (size_t)list->files;
  uint32_t checksum = 2166136261u;
  for (size_t at = 4; at < words; at++) {
    checksum = (checksum ^ ((const uint32_t *)list)[at]) * 16777619u;
  }
  if (checksum != list->checksum || strings >= size) return NULL;
  // From here on all is as kaon wrote it.
  const char *text = (const char *)list + strings;
  char *here = getcwd(NULL, 0);
  if (here == NULL || strcmp(here, text) != 0) return NULL;
  text += strlen(text) + 1;
  struct stamp now = look_at(program, 0);
  if (now.inode == 0 || !same(now, look_at(text, 0))) return NULL;
  text += strlen(text) + 1;
  const char *says = text;
  for (uint32_t count = list->variables; count > 0; count--) {
    text += strlen(text) + 1;
    if (!holds(text)) return NULL;
  }
  return says;
}

static int tell(const struct list *list, const struct seen *seen, const uint32_t *changed, uint32_t count) {
  char path[64];
  struct look look = {.magic = "KAONLOOK", .list = list->checksum, .count = count};
  look.log = seen->stamps[list->log];
  snprintf(path, sizeof path, FOLDER "now.%ld", (long)getppid());
  FILE *out = fopen(path, "w");
  if (out == NULL) return ask_node;
  // What dist/redo left for a process of the same number that did not come to tell it.
  char told[64];
  snprintf(told, sizeof told, FOLDER "told.%ld", (long)getppid());
  unlink(told);
  fwrite(&look, sizeof look, 1, out);
  fwrite(changed, sizeof *changed, count, out);
  int failed = ferror(out);
  return fclose(out) != 0 || failed ? ask_node : few_changes;
}

/** A command that runs each time, and where what it writes goes. */
struct run {
  const char *output;
  FILE *out, *err;
  pid_t process;
};

/** Starts the command at `text`: how many words it has, what it makes, the words. Answers what is behind it. */
static const char *start(struct run *run, const char *text) {
  long count = strtol(text, NULL, 10);
  run->output = text += strlen(text) + 1;
  char **words = calloc((size_t)count + 1, sizeof *words);
  for (long at = 0; at < count; at++) {
    text += strlen(text) + 1;
    if (words != NULL) words[at] = (char *)text;
  }
  posix_spawn_file_actions_t files;
  run->out = tmpfile();
  run->err = tmpfile();
  run->process = -1;
  if (words != NULL && run->out != NULL && run->err != NULL && posix_spawn_file_actions_init(&files) == 0) {
    fcntl(fileno(run->out), F_SETFD, FD_CLOEXEC);
    fcntl(fileno(run->err), F_SETFD, FD_CLOEXEC);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, fileno(run->out), 1);
    posix_spawn_file_actions_adddup2(&files, fileno(run->err), 2);
    if (posix_spawnp(&run->process, words[0], &files, NULL, words, environ) != 0) run->process = -1;
    posix_spawn_file_actions_destroy(&files);
  }
  free(words);
  return text + strlen(text) + 1;
}

static int holds_the_same(FILE *said, const char *path) {
  char was[65536], is[65536];
  FILE *before = fopen(path, "r");
  if (before == NULL) return 0;
  rewind(said);
  size_t length;
  do {
    length = fread(was, 1, sizeof was, before);
    if (fread(is, 1, sizeof is, said) != length || memcmp(was, is, length) != 0) length = 0, said = NULL;
  } while (length > 0);
  fclose(before);
  return said != NULL;
}

/** Whether the command ended well, made no other output than there is, and complained of nothing. */
static int says_the_same(struct run *run) {
  int status;
  struct stat complaints;
  return run->process > 0 && waitpid(run->process, &status, 0) == run->process && status == 0 &&
         fstat(fileno(run->err), &complaints) == 0 && complaints.st_size == 0 &&
         holds_the_same(run->out, run->output);
}

/** Runs what runs each time; where that is not only captured, node has to. */
static int all_say_the_same(const struct list *list) {
  if (list->always == 0) return 1;
  if (list->captured != list->always) return 0;
  size_t size;
  const char *text = map(FOLDER "captured", &size);
  struct run *runs = calloc(list->captured, sizeof *runs);
  if (runs == NULL) return 0;
  for (uint32_t at = 0; at < list->captured; at++) text = start(&runs[at], text);
  int same = 1;
  for (uint32_t at = 0; at < list->captured; at++) same &= says_the_same(&runs[at]);
  return same;
}

/** One number for all names in a folder that count, in whatever order; src/store/no-op/listed-folders.ts makes the same. */
static uint32_t names_number(DIR *folder) {
  static const uint32_t *names;
  static size_t size;
  if (names == NULL) names = map(FOLDER "names", &size);
  uint32_t sum = 0;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    uint32_t one = 2166136261u;
    for (const char *name = entry->d_name; *name != 0; name++) one = (one ^ (unsigned char)*name) * 16777619u;
    for (size_t at = 1; at < size / sizeof *names; at++) {
      if (names[at] != one) continue;
      sum += one;
      break;
    }
  }
  return sum;
}

/** Whether nothing came into a folder and nothing left it that may be a header's name. */
static int holds_the_same_names(const char *path, struct stamp then) {
  struct stamp now = look_at(path, 0);
  if (now.changed_ns == then.changed_ns && now.inode == then.inode) return 1;
  // Most of what comes is of no interest; and where there is no folder, there are no names.
  DIR *folder = opendir(path);
  uint32_t names = folder == NULL ? 0 : names_number(folder);
  if (folder != NULL) closedir(folder);
  return names == (uint32_t)then.size;
}

int main(int count, char **words) {
  // The program's path is looked at from where we were started.
  char program[4096];
  if (count < 3 || realpath(words[2], program) == NULL || chdir(words[1]) != 0) return ask_node;
  size_t list_size, seen_size;
  const struct list *list = map(FOLDER "list", &list_size);
  const struct seen *seen = map(FOLDER "stamps", &seen_size);
  const char *says = check(list, list_size, program);
  if (says == NULL || seen_size != sizeof *seen + list->files * sizeof(struct stamp)) return ask_node;
  if (memcmp(seen->magic, "KAONSEEN", 8) != 0 || seen->list != list->checksum) return ask_node;
  uint32_t changes = 0, most = 20 + list->files / 20;
  uint32_t *changed = malloc(most * sizeof *changed);
  if (changed == NULL) return ask_node;
  for (uint32_t at = 0; at < list->files; at++) {
    int link = at >= list->plain;
    const char *path = (const char *)list + list->starts[at];
    if (is_folder(list, at)) {
      if (!holds_the_same_names(path, seen->stamps[at])) return ask_node;
      continue;
    }
    if (same(look_at(path, link ? AT_SYMLINK_NOFOLLOW : 0), seen->stamps[at])) continue;
    // Of a new setup, or of links and programs that appeared, node has to find out what follows.
    if (at < list->setup || link || changes == most) return ask_node;
    changed[changes++] = at - list->setup;
  }
  if (changes > 0 || !all_say_the_same(list)) return tell(list, seen, changed, changes);
  return puts(count > 3 ? words[3] : says) < 0 || fflush(stdout) != 0 ? ask_node : 0;
}
