// What a build rests on, as kaon recorded it: src/store/no-op/no-op-proof.ts and what it names have the formats.
#pragma once

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FOLDER "meson-private/kaon-noop/"
enum { list_format = 3 };
static const int64_t second_ns = 1000000000;

struct list {
  char magic[8];
  uint32_t version, checksum, files, plain, setup, log, graph, variables, always, captured, folders;
  uint32_t starts[]; // of each path, from the beginning of the file; then build, program, says, variables
};
struct stamp {
  int64_t changed_ns;
  uint64_t inode;
  int64_t size;
};
struct seen {
  char magic[8];
  uint32_t version, list;
  struct stamp stamps[];
};
struct look {
  char magic[8];
  uint32_t list, count;
  struct stamp log;
  uint32_t files[]; // those that changed, counted from the first behind `setup`
};

/** What `stat` says of a file; all 0 where there is none. */
static inline struct stamp look_at(const char *path, int flags) {
  struct stat about;
  struct stamp stamp = {0, 0, 0};
  if (fstatat(AT_FDCWD, path, &about, flags) != 0) return stamp;
#ifdef __APPLE__
  struct timespec changed = about.st_ctimespec;
#else
  struct timespec changed = about.st_ctim;
#endif
  stamp.changed_ns = (int64_t)changed.tv_sec * second_ns + changed.tv_nsec;
  stamp.inode = about.st_ino;
  stamp.size = about.st_size;
  return stamp;
}

static inline int same(struct stamp a, struct stamp b) {
  return a.changed_ns == b.changed_ns && a.inode == b.inode && a.size == b.size;
}

/** A folder where headers are looked for has the number of its names in place of a size. */
static inline int is_folder(const struct list *list, uint32_t at) {
  return at < list->setup && at >= list->setup - list->folders;
}

/** `NAME=value`, or `NAME` for one that is not set. */
static inline int holds(const char *variable) {
  char name[256];
  size_t length = strcspn(variable, "=");
  if (length >= sizeof name) return 0;
  memcpy(name, variable, length);
  name[length] = 0;
  const char *value = getenv(name);
  return variable[length] == 0 ? value == NULL
                               : value != NULL && strcmp(value, variable + length + 1) == 0;
}
